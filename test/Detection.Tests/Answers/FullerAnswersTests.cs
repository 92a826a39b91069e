using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Answers;

public sealed class FullerAnswersTests
{
    private static EventTime At(int day, int minute) =>
        Shop.Start.Plus(day * EventTime.Day + minute * EventTime.Minute);

    /// <summary>Restaurants look couriers up, a hundred times a day; the answer's length by day and call.</summary>
    internal static World Restaurants(Func<int, int, long> bytes, World? into = null, string operation = "addresses")
    {
        var world = into ?? Some.World();
        for (var day = 0; day < 8; day++)
            for (var call = 0; call < 100; call++)
                world.ReadAsStaff(
                    At(day, 600 + call * 5), $"shop-{call % 25}", 1000 + call, "192.0.2.9", "pos/4.2", operation,
                    bytes: bytes(day, call));
        return world;
    }

    [Fact]
    public void Lengths_that_vary_raise_nothing() => Assert.Empty(
        Restaurants((day, call) => 200 + 7 * (call * 31 % 60) + 5 * day).Findings());

    [Fact]
    public void A_field_more_for_everybody_is_a_finding_that_picks_the_longer_answers()
    {
        var finding = Assert.Single(Restaurants(
            (day, call) => (day > 5 || (day == 5 && call > 30) ? 480 : 210) + call % 30).Findings());

        Assert.Equal(("fuller-answers", Severity.Medium), (finding.Detector, finding.Severity));
        Assert.InRange(finding.Raised.Microseconds, At(5, 750).Microseconds, At(5, 780 + 180).Microseconds);
        Assert.Matches(
            "^operation = 'addresses' and time between '.*' and '.*' and bytes >= 4[67][0-9]$", finding.Where);
    }

    [Fact]
    public void A_release_that_changes_answers_both_ways_is_a_note()
    {
        var world = Restaurants((day, call) => (day >= 5 ? 480 : 210) + call % 30);
        Restaurants((day, call) => (day >= 5 ? 300 : 700) + call % 30, world, "staff-search");

        Assert.All(world.Findings(), finding => Assert.Equal(Severity.Low, finding.Severity));
    }

    [Fact]
    public void What_members_are_shown_of_themselves_may_grow()
    {
        var world = Some.World();
        for (var day = 0; day < 8; day++)
            for (var i = 0; i < 100; i++)
            {
                var visit = Some.Visit(10_000 + i);
                world.Login(At(day, i), visit).Read(At(day, i + 1), visit, bytes: day >= 5 ? 2000 : 500);
            }

        Assert.Empty(world.Findings());
    }
}
