using WhoSaw.Cli.Scoring;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scoring;

/// <summary>The product over small simulated worlds; docs/scenarios.md says what is missed, and why.</summary>
public sealed class ScoreTests
{
    public static TheoryData<string> Caught => ["forged-passes", "object-reference", "stolen-service-account"];

    /// <summary>Of which no log names the people.</summary>
    public static TheoryData<string> Unnamed => ["database-outflow", "web-shell"];
    public static TheoryData<string> Harmless => ["quiet", "sale", "outage"];

    [Theory]
    [MemberData(nameof(Caught))]
    public void A_crime_is_found_within_hours_and_scoped_exactly(string scenario)
    {
        var score = ScoreOf(scenario);
        Assert.True(score.IsRight, $"{score}");
        // a try at a member who does not exist can raise it before anybody is exposed
        Assert.InRange(score.HoursToDetect!.Value, -1, 6);
        Assert.InRange(score.AccountsBeforeAlarm!.Value, 0, 20);
        Assert.Equal(0, score.Accounts.CountError);
        Assert.Equal(0, score.People!.CountError);
        Assert.Equal(score.ViewsTrue, score.ViewsSaid);
    }

    [Theory]
    [MemberData(nameof(Unnamed))]
    public void A_crime_that_no_log_names_people_of_is_found_and_its_scope_says_so(string scenario)
    {
        var score = ScoreOf(scenario);
        Assert.True(score.IsRight, $"{score}");
        Assert.Equal(["outflow"], score.FoundBy);
        Assert.True(score.IsBounded);
        Assert.InRange(score.HoursToDetect!.Value, 0, 2);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Noise_raises_nothing(string scenario)
    {
        var score = ScoreOf(scenario);
        Assert.Equal(0, score.FalseFindings);
        Assert.Equal(score.GapsTrue, score.GapsNamed);
        Assert.Equal(0, score.GapsFalse);
    }

    [Fact]
    public void The_picture_marks_the_alarm_and_says_what_was_not_found()
    {
        var page = new StringWriter();
        ScorePicture.Write(page, [ScoreOf("forged-passes"), ScoreOf("cross-tenant")]);
        var picture = System.Xml.Linq.XDocument.Parse(page.ToString()).ToString();
        Assert.Contains("class=\"alarm\"", picture, StringComparison.Ordinal);
        Assert.Contains("cross-tenant: not found", picture, StringComparison.Ordinal);
        Assert.Contains("Coupang 217 days", picture, StringComparison.Ordinal);
    }

    private static ReplayScore ScoreOf(string scenario)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-score-test-").FullName;
        try
        {
            var options = new ScenarioOptions { Scenario = scenario, Accounts = 3000, Days = 8 };
            SimulateVerb.WriteTo(folder, options, threads: 2);
            var (score, faults) = new ReplayJudge(TimeProvider.System, threads: 2).Judge(folder);
            Assert.Empty(faults);
            return score!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
