using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// What gaps may hide, measured by the theft's own pace: in the other streams of the source during the gap, and in the
/// gap's own stream just before and just after it. The highest pace bounds; docs/scope.md has the reasoning.
/// </summary>
internal sealed class GapEstimate(ScopeEngine engine, Predicate predicate)
{
    public const double Confidence = 0.999;

    /// <summary>
    /// How far before and after a gap the pace is measured: as long as the gap, an hour at least, a day at most.
    /// </summary>
    private static long Reach(CoverageGap gap) => Math.Clamp(gap.To - gap.From, EventTime.Hour, EventTime.Day);

    /// <summary>Views and different accounts that were seen in so much logged time.</summary>
    private readonly record struct Pace(long Views, long Accounts, double Hours)
    {
        public double PerHour => Views / Hours;
    }

    /// <param name="unseen">Listed accounts that are not exposed; null where the list bounds nobody.</param>
    public CannotTell Estimate(IReadOnlyList<CoverageGap> gaps, long? unseen)
    {
        if (gaps.Count == 0)
            return new CannotTell(0, 0, 0, "The logs have no gap here.");
        var seen = Count(gaps);
        double? expected = 0;
        long? atMost = 0;
        long? visits = 0;
        var walk = new GapWalk(engine, predicate);
        var why = new List<string>();
        for (var i = 0; i < gaps.Count; i++)
        {
            var gap = gaps[i];
            var paces = Paces(gaps, i, seen);
            var hours = (double)(gap.To - gap.From) / EventTime.Hour;
            if (paces.Count == 0)
            {
                (expected, atMost, visits) = (null, null, null);
                why.Add($"{Name(gap)}: nothing was logged around it, so nothing bounds it.");
                continue;
            }
            var mean = paces.Average(pace => pace.PerHour) * hours;
            var most = paces.Max(pace => AtMost(pace, hours).Views);
            var accountsMost = paces.Max(pace => AtMost(pace, hours).Visits);
            var between = unseen is null ? null : walk.Between(gap, Reach(gap));
            expected += mean;
            atMost += most;
            visits += between is { } range ? Math.Min(range.Accounts, accountsMost) : accountsMost;
            why.Add(string.Create(CultureInfo.InvariantCulture,
                $"{Name(gap)}: at the pace around it ({paces.Min(pace => pace.PerHour):0.##} to " +
                $"{paces.Max(pace => pace.PerHour):0.##} views an hour) about {mean:0} views in {hours:0.##} hours, " +
                $"at most {most} with a confidence of {Confidence * 100:0.#} %."));
            if (between is { } known)
                why.Add(string.Create(CultureInfo.InvariantCulture,
                    $"The ids {(known.Rises ? "rise" : "fall")} with time: only accounts between those read just "
                    + $"before and just after can be hidden, at most {known.Accounts}."));
        }
        var accounts = unseen is { } left ? Math.Min(visits ?? left, left) : visits;
        return new CannotTell(expected is { } sum ? Math.Round(sum, 1) : null, atMost, accounts, string.Join(' ', why));
    }

    private static string Name(CoverageGap gap) => $"{gap.Source}/{gap.Stream} {gap.From} to {gap.To} ({gap.Reason})";

    // One visit shows an account several times at once, so views bunch; visits, not views, are what comes by chance.
    private static (long Views, long Visits) AtMost(Pace pace, double hours)
    {
        var bunch = pace.Accounts == 0 ? 1 : Math.Max(1, (double)pace.Views / pace.Accounts);
        var visits = Poisson.NextAtMost((long)Math.Ceiling(pace.Views / bunch), hours / pace.Hours, Confidence);
        return ((long)Math.Ceiling(visits * bunch), visits);
    }

    private List<Pace> Paces(
        IReadOnlyList<CoverageGap> gaps, int index, Dictionary<(int Gap, string Stream, int Part), Pace> seen)
    {
        var gap = gaps[index];
        var paces = new List<Pace>();
        foreach (var (stream, logged) in Streams(gap.Source))
        {
            if (stream == gap.Stream)
            {
                Add(stream, 0, gap.From.Plus(-Reach(gap)), gap.From);
                Add(stream, 2, gap.To, gap.To.Plus(Reach(gap)));
            }
            else
                Add(stream, 1, gap.From, gap.To);

            void Add(string name, int part, EventTime from, EventTime to)
            {
                from = from < logged.First ? logged.First : from;
                to = to > logged.Last ? logged.Last : to;
                var covered = (to - from) - Lost(gaps, gap.Source, name, from, to);
                var pace = seen.GetValueOrDefault((index, name, part));
                if (from < to && covered > Math.Min(EventTime.Minute * 10, (gap.To - gap.From) / 2))
                    paces.Add(pace with { Hours = (double)covered / EventTime.Hour });
            }
        }
        return paces;
    }

    private static long Lost(
        IReadOnlyList<CoverageGap> gaps, string source, string stream, EventTime from, EventTime to)
    {
        long lost = 0;
        var until = from;
        foreach (var gap in gaps.Where(gap => gap.Source == source && gap.Stream == stream).OrderBy(gap => gap.From))
        {
            var start = gap.From > until ? gap.From : until;
            var end = gap.To < to ? gap.To : to;
            if (end <= start)
                continue;
            lost += end - start;
            until = end;
        }
        return lost;
    }

    /// <summary>The streams of a source with the time from their first to their last line.</summary>
    private IEnumerable<(string Stream, (EventTime First, EventTime Last) Logged)> Streams(string source) =>
        engine.Ledger.Sources
            .Where(entry => entry.Source == source && entry.First is not null && entry.Last is not null)
            .GroupBy(entry => entry.Stream, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                (group.Key, (group.Min(entry => entry.First!.Value), group.Max(entry => entry.Last!.Value))));

    private Dictionary<(int Gap, string Stream, int Part), Pace> Count(IReadOnlyList<CoverageGap> gaps)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        var rows = string.Join(", ", gaps.Select((gap, i) => string.Create(CultureInfo.InvariantCulture,
            $"({i}, {parameters.Add(gap.Source)}, {gap.From.Microseconds}, {gap.To.Microseconds}, {Reach(gap)})")));
        var low = parameters.Add(gaps.Min(gap => gap.From.Plus(-Reach(gap))).ToUtc());
        var high = parameters.Add(gaps.Max(gap => gap.To.Plus(Reach(gap))).ToUtc());
        return engine.Database.Rows($"""
            WITH gap(number, source, low, high, reach) AS (VALUES {rows}),
            seen AS MATERIALIZED (SELECT source, stream, subject, epoch_us("time") AS moment FROM disclosed
                     WHERE "time" BETWEEN {low} AND {high} AND {where} AND subject NOT IN (SELECT account FROM canary))
            SELECT g.number, s.stream, CASE WHEN moment < low THEN 0 WHEN moment < high THEN 1 ELSE 2 END AS part,
                   count(*), count(DISTINCT subject)
            FROM seen s JOIN gap g ON s.source = g.source AND moment >= low - reach AND moment < high + reach
            GROUP BY ALL
            """, parameters.Values, row => ((row.GetInt32(0), row.GetString(1), row.GetInt32(2)),
                new Pace(row.GetInt64(3), row.GetInt64(4), 0)))
            .ToDictionary(row => row.Item1, row => row.Item2);
    }
}
