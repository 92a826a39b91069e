using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Scoring;

/// <summary>A crime of so many days at such a rate, and whether it was found.</summary>
internal sealed record FrontierPoint(
    int Days, int Rate, double RequestsADay, bool IsFound, double? HoursToDetect, long? AccountsBefore);

/// <summary>
/// The weakest crime that is still found: for each length in days, rates from the usual one downwards until one is
/// missed. Each point is a whole world, simulated and scanned.
/// </summary>
internal sealed class Frontier(ScenarioOptions options, Func<ScenarioOptions, ReplayScore> judge)
{
    private static readonly int[] Lengths = [1, 2, 4, 8, 16, 32];
    private static readonly int[] Rates = [100, 50, 20, 10, 5, 2, 1];

    public IReadOnlyList<FrontierPoint> Walk()
    {
        var points = new List<FrontierPoint>();
        IEnumerable<int> lengths = options.CrimeDays > 0
            ? [options.CrimeDays]
            : Lengths.Where(length => length < options.Days);
        foreach (var days in lengths)
            foreach (var rate in Rates)
            {
                var point = Try(days, rate);
                points.Add(point);
                if (!point.IsFound)
                    break;
            }
        return points;
    }

    private FrontierPoint Try(int days, int rate)
    {
        var score = judge(options with { CrimeDays = days, Rate = rate });
        // of the crime's views: what scope could have seen of it
        return new FrontierPoint(
            days, rate, (double)score.ViewsTrue / days, score.TrueFindings > 0, score.HoursToDetect,
                score.AccountsBeforeAlarm);
    }
}
