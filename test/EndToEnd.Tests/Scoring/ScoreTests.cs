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

    /// <summary>What makes a theft of forged passes hard to see, each with its seeds.</summary>
    public static TheoryData<string, ulong> Hard
    {
        get
        {
            var hard = new TheoryData<string, ulong>();
            foreach (var what in (string[])["loss", "no issuer", "shared", "shared, loss", "shared, no issuer"])
                foreach (var seed in (ulong[])[11, 12])
                    hard.Add(what, seed);
            return hard;
        }
    }

    [Theory]
    [MemberData(nameof(Hard))]
    public void Forged_passes_are_found_within_ten_accounts_whatever_the_issuer_logs(string what, ulong seed)
    {
        bool Says(string word) => what.Contains(word, StringComparison.Ordinal);
        var score = ScoreOf(Some("forged-passes") with
        {
            Seed = seed,
            // one in a hundred
            IssuerLoss = Says("loss") ? 100 : 0,
            WithIssuer = !Says("no issuer"),
            Disguise = Says("shared") ? Disguise.Shared : Disguise.None,
        });
        Assert.True(score.IsRight, $"{score}");
        Assert.InRange(score.AccountsBeforeAlarm!.Value, 0, 10);
        Assert.InRange(score.Pairs.Recall!.Value, 0.999, 1);
        Assert.InRange(score.Pairs.Precision!.Value, 0.999, 1);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_thief_who_opens_ordinary_pages_first_is_found_without_an_issuers_log(ulong seed)
    {
        var options = Some("forged-passes") with { Seed = seed, WithIssuer = false, Disguise = Disguise.Pages };
        var score = ScoreOf(options);
        Assert.Contains("suspicion", score.FoundBy);
        Assert.Equal(0, score.FalseFindings);
        Assert.InRange(score.AccountsBeforeAlarm!.Value, 0, 10);
        Assert.InRange(score.Pairs.Recall!.Value, 0.999, 1);
        Assert.InRange(score.Pairs.Precision!.Value, 0.999, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_decoy_in_a_thousand_accounts_finds_a_theft_by_itself(ulong seed)
    {
        var options = Some("forged-passes") with { Seed = seed, Accounts = 10_000, Days = 7, Canaries = 10 };
        var score = ScoreOf(options, "canary");
        Assert.Equal(["canary"], score.FoundBy);
        Assert.InRange(score.AccountsBeforeAlarm!.Value, 1, 3000);
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

    private static ScenarioOptions Some(string scenario) => new() { Scenario = scenario, Accounts = 3000, Days = 8 };

    private static ReplayScore ScoreOf(string scenario) => ScoreOf(Some(scenario));

    private static ReplayScore ScoreOf(ScenarioOptions options, params string[] detectors)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-score-test-").FullName;
        try
        {
            SimulateVerb.WriteTo(folder, options, threads: 2);
            var only = detectors.Length == 0 ? null : detectors.ToHashSet(StringComparer.Ordinal);
            var (score, faults) = new ReplayJudge(TimeProvider.System, threads: 2, only).Judge(folder);
            Assert.Empty(faults);
            return score!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
