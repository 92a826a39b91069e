using System.Globalization;
using WhoSaw.Cli.Scoring;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scoring;

/// <summary>
/// A thief of forged passes who knows the code, drawn at random: any of his disguises together, any pace, one address
/// or dozens, with an issuer's log that is whole, loses a record in a hundred, or is not there. What holds for every
/// draw is what docs/detection-frontier.md claims.
/// </summary>
public sealed class FrontierPropertyTests(ITestOutputHelper output)
{
    // The edge itself moves with the seed by a factor of two or so: four times the pace must not lose what was found.
    private const int Faster = 4;

    // Views a day and address: of a slower thief some address may not come to enough, and of one slower yet none.
    private const double WholeFrom = 15, FoundFrom = 10;

    // Unless the issuer's log is whole, an honest session under the same key or behind the same carrier's address can
    // look like his: so many pairs of account and operation at most, a few accounts.
    private const int MostNeighbours = 12;

    // Of each draw two worlds. More by hand.
    private static readonly int Draws = int.Parse(
        Environment.GetEnvironmentVariable("WHOSAW_FRONTIER_DRAWS") ?? "12", CultureInfo.InvariantCulture);

    private enum Issuer
    {
        Whole,
        Lossy,
        None,
    }

    private sealed record Draw(int Number, Issuer Issuer, ScenarioOptions Options)
    {
        /// <summary>Nothing of his is odd but that he never logged in, which young logs know of nobody.</summary>
        public bool IsHole => Options.Disguise.HasFlag(Disguise.Listed)
            && (Options.Disguise & (Disguise.Pages | Disguise.LogIns)) != 0;

        public double ViewsADayAndAddress(ReplayScore score) =>
            (double)score.ViewsTrue / Options.CrimeDays / Options.Addresses;
    }

    [Fact]
    public void What_the_page_claims_holds_whatever_the_thief_combines()
    {
        var broken = new List<string>();
        for (var number = 0; number < Draws; number++)
        {
            var draw = Drawn(number);
            var slow = ScoreOf(draw.Options);
            var fast = ScoreOf(draw.Options with { Rate = draw.Options.Rate * Faster });
            foreach (var (score, pace) in new[] { (slow, "slow"), (fast, "fast") })
            {
                var line = Told(draw, score, pace);
                output.WriteLine(line);
                broken.AddRange(Broken(draw, score).Select(what => $"{line}: {what}"));
            }
            if (!slow.IsMissed && fast.IsMissed)
                broken.Add($"{Told(draw, fast, "fast")}: found at a quarter of the pace");
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static IEnumerable<string> Broken(Draw draw, ReplayScore score)
    {
        if (score.FalseFindings > 0)
            yield return "false findings by " + string.Join(", ", score.FalseBy);
        if (score.GapsNamed < score.GapsTrue || score.GapsFalse > 0)
            yield return "gaps";
        if (!score.IsMissed && score.Pairs.Recall < 0.999
            && (draw.Issuer == Issuer.Whole || draw.ViewsADayAndAddress(score) >= WholeFrom))
            yield return "scope too narrow";
        if (!score.IsMissed && score.Pairs.Precision < score.PrecisionFloor
            && (draw.Issuer == Issuer.Whole || score.Pairs.Said - score.Pairs.Both > MostNeighbours))
            yield return "scope too wide";
        if (score.IsMissed && !MayBeMissed(draw, score))
            yield return "missed";
        if (draw.Issuer == Issuer.Whole && score.AccountsBeforeAlarm is not <= 10)
            yield return "not at its first requests";
    }

    private static bool MayBeMissed(Draw draw, ReplayScore score) => draw.Issuer switch
    {
        Issuer.Whole => false,
        Issuer.None when draw.IsHole => true,
        _ => draw.ViewsADayAndAddress(score) < FoundFrom,
    };

    private static Draw Drawn(int number)
    {
        var random = new Random(number);
        var issuer = (Issuer)random.Next(3);
        return new Draw(number, issuer, new ScenarioOptions
        {
            Scenario = "forged-passes",
            Seed = (ulong)random.Next(1, 1_000_000),
            Accounts = random.Next(1500, 3000),
            Days = 8,
            Canaries = 0,
            CrimeDays = random.Next(3, 7),
            Addresses = (int)Math.Exp(random.NextDouble() * Math.Log(60)),
            Rate = (int)Math.Exp(random.NextDouble() * Math.Log(100)),
            Disguise = (Disguise)random.Next(32),
            WithIssuer = issuer != Issuer.None,
            IssuerLoss = issuer == Issuer.Lossy ? 100 : 0,
        });
    }

    private static string Told(Draw draw, ReplayScore score, string pace)
    {
        var (culture, options) = (CultureInfo.InvariantCulture, draw.Options);
        var thief = string.Create(culture, $"{draw.Number,4} {pace} {draw.Issuer,-5} {options.Addresses,2} addresses, ")
            + string.Create(culture, $"{options.CrimeDays} days, {draw.ViewsADayAndAddress(score),6:F1} views a day ")
            + $"and address, [{options.Disguise}] ";
        if (score.IsMissed)
            return thief + "missed";
        var (found, pairs) = (string.Join(",", score.FoundBy), score.Pairs);
        return thief + string.Create(culture, $"found after {score.AccountsBeforeAlarm} by {found}, ")
            + string.Create(culture, $"recall {pairs.Recall:F4}, {pairs.Said - pairs.Both} of {pairs.Said} too many");
    }

    private static ReplayScore ScoreOf(ScenarioOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-frontier-").FullName;
        try
        {
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
