using WhoSaw.Cli.Scoring;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scoring;

/// <summary>The product over small simulated worlds; docs/scenarios.md says what is missed, and why.</summary>
public sealed class ScoreTests
{
    /// <summary>Crimes by the longest that it may take to find them, in hours, and in accounts.</summary>
    public static TheoryData<string, double, int> Caught => new()
    {
        { "forged-passes", 1, 10 },
        { "object-reference", 6, 10 },
        { "cross-tenant", 1, 10 },
        { "over-sharing", 6, 60 },
        { "curious-insider", 48, 20 },
        { "bulk-insider", 48, 20 },
        { "stolen-service-account", 6, 10 },
        { "credential-stuffing", 6, 20 },
        { "scraper", 24, 400 },
    };

    /// <summary>Of which no log names the people.</summary>
    public static TheoryData<string> Unnamed => ["database-outflow", "web-shell"];

    public static TheoryData<string> Harmless => ["quiet", "sale", "outage", "release-day", "marketing-import"];

    [Theory]
    [MemberData(nameof(Caught))]
    public void A_crime_is_found_in_time_and_scoped_exactly(string scenario, double hours, int accounts)
    {
        var score = ScoreOf(scenario);
        Assert.True(score.IsRight, $"{score}");
        // a try at a member who does not exist can raise it before anybody is exposed
        Assert.InRange(score.HoursToDetect!.Value, -1, hours);
        Assert.InRange(score.AccountsBeforeAlarm!.Value, 0, accounts);
        // an insider's own reads without a ticket cannot be told from those of the crime
        var exact = scenario.EndsWith("-insider", StringComparison.Ordinal) ? 0.15 : 0;
        Assert.InRange(score.Accounts.CountError!.Value, 0, exact);
        Assert.InRange(score.People!.CountError!.Value, 0, exact);
        // nor what a scraper's member looked at before
        Assert.InRange(score.ViewsSaid, score.ViewsTrue, score.ViewsTrue * (1.001 + exact));
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
        ScorePicture.Write(page,
            [ScoreOf("forged-passes"), ScoreOf("object-reference") with { TrueFindings = 0, Raised = null }]);
        var picture = System.Xml.Linq.XDocument.Parse(page.ToString()).ToString();
        Assert.Contains("class=\"alarm\"", picture, StringComparison.Ordinal);
        Assert.Contains("object-reference: not found", picture, StringComparison.Ordinal);
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
