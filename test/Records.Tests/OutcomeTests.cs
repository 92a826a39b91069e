namespace WhoSaw.Records.Tests;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData(200, Outcome.Disclosed)]
    [InlineData(206, Outcome.Disclosed)]
    [InlineData(299, Outcome.Disclosed)]
    [InlineData(199, Outcome.Other)]
    [InlineData(301, Outcome.Other)]
    [InlineData(304, Outcome.Other)]
    [InlineData(400, Outcome.Other)]
    [InlineData(401, Outcome.Refused)]
    [InlineData(403, Outcome.Refused)]
    [InlineData(407, Outcome.Refused)]
    [InlineData(429, Outcome.Refused)]
    [InlineData(451, Outcome.Refused)]
    [InlineData(404, Outcome.Absent)]
    [InlineData(410, Outcome.Absent)]
    [InlineData(500, Outcome.Failed)]
    [InlineData(599, Outcome.Failed)]
    [InlineData(600, Outcome.Other)]
    [InlineData(0, Outcome.Other)]
    [InlineData(-200, Outcome.Other)]
    public void A_status_says_what_became_of_the_request(int status, Outcome expected) =>
        Assert.Equal(expected, Outcomes.FromStatus(status));

    [Fact]
    public void Every_outcome_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<Outcome>().Select(outcome => outcome.Name()).ToArray();
        Assert.Equal(["other", "disclosed", "refused", "absent", "failed"], names);
    }

    [Fact]
    public void Only_a_good_answer_discloses() => Assert.All(
        Enumerable.Range(-10, 1100).Where(status => Outcomes.FromStatus(status) == Outcome.Disclosed),
        status => Assert.InRange(status, 200, 299));
}
