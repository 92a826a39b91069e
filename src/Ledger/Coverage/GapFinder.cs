using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Finds the silences of a stream that its own rhythm does not explain, or not its share of the source while the
/// other streams go on. Silence before a stream's first line is none; silence at its end is one when another stream of
/// its source goes on, or another source.
/// </summary>
public static class GapFinder
{
    private const int Passes = 2;

    // A clock that was never set must not make fifty years of silence.
    private const long Farthest = 10L * 366 * 24 * 60;

    // Lines so long after all others of their source are a clock's fault, and nothing that others should have seen.
    private const long Apart = 24 * 60;

    // By the siblings a tenth of what time says: then it is their silence as well, and that of all is looked at apart.
    private const double SharedRest = 10;
    private const string Alone = "the stream is silent against its rhythm";
    private const string Left = "the stream is silent while its source goes on";
    private const string Stopped = "the stream stops while its source goes on";
    private const string Ended = "all streams of the source stop while other sources go on";
    private const string Together = "all streams of the source are silent against their rhythm";

    /// <summary>The gaps by source, stream and time; the rows in any order, equal keys summed.</summary>
    /// <param name="now">Until when the sources could have spoken; null: until the last of them did.</param>
    public static IReadOnlyList<Gap> Find(
        IEnumerable<TotalsRow> totals, GapOptions options, Func<string, EventTime>? now = null)
    {
        var gaps = new List<Gap>();
        var sources = Collect(totals);
        var last = sources.Values.Select(LastOf).DefaultIfEmpty().Max() + 1;
        foreach (var source in sources)
        {
            var own = source.Value.Values.Max(stream => stream.Keys.Max()) + 1;
            var end = Math.Max(own, now is null ? last : now(source.Key).MinuteNumber);
            var all = Series(Sum(source.Value.Values), end);
            var hours = new HourCounts(all, [], Pace.Time, options.RushCap);
            var sitewide = source.Value.Count > 1 ? Weigh(all, [Pace.Time], options) : [];
            foreach (var (name, lines) in source.Value)
                foreach (var gap in OfStream(
                    source.Key, name, Series(lines, end), PacesOf(lines, all, hours), sitewide, options))
                    gaps.Add(now is null && gap.From.MinuteNumber >= own - 1 ? gap with { Reason = Ended } : gap);
        }
        return gaps;
    }

    /// <summary>The last minute in which a source logged anything, but for lines that stand alone after it.</summary>
    private static long LastOf(SortedDictionary<string, Dictionary<long, double>> streams)
    {
        var minutes = streams.Values.SelectMany(stream => stream.Keys).Distinct().Order().ToArray();
        var place = minutes.Length - 1;
        while (place > 0 && minutes[place] - minutes[place - 1] > Apart)
            place--;
        return minutes[place];
    }

    /// <summary>Every silence of a stream with its score, for those who set thresholds; the longest first.</summary>
    internal static IReadOnlyList<(string Stream, Silence Silence, double Score, double Expected)> Scores(
        IEnumerable<TotalsRow> totals, GapOptions options)
    {
        var scores = new List<(string, Silence, double, double)>();
        foreach (var source in Collect(totals))
        {
            var end = source.Value.Values.Max(stream => stream.Keys.Max()) + 1;
            var all = Series(Sum(source.Value.Values), end);
            var hours = new HourCounts(all, [], Pace.Time, options.RushCap);
            foreach (var (name, lines) in source.Value)
            {
                var (series, paces) = (Series(lines, end), PacesOf(lines, all, hours));
                var found = Weigh(series, paces, options).Select(each => each.Silence).ToList();
                var rhythms = paces.Select(pace => new Rhythm(series, found, pace, options)).ToList();
                foreach (var silence in series.Silences())
                {
                    var weighed = WeighBy(rhythms, silence, !found.Contains(silence), options);
                    scores.Add(($"{source.Key}/{name}", silence, weighed.Score, weighed.Expected));
                }
            }
        }
        return [.. scores.OrderByDescending(score => score.Item3)];
    }

    private static SortedDictionary<string, SortedDictionary<string, Dictionary<long, double>>> Collect(
        IEnumerable<TotalsRow> totals)
    {
        var sources = new SortedDictionary<string, SortedDictionary<string, Dictionary<long, double>>>(
            StringComparer.Ordinal);
        foreach (var row in totals)
        {
            if (row.Lines <= 0)
                continue;
            if (!sources.TryGetValue(row.Source, out var streams))
                sources[row.Source] = streams = new(StringComparer.Ordinal);
            if (!streams.TryGetValue(row.Stream, out var lines))
                streams[row.Stream] = lines = [];
            lines[row.Minute] = lines.GetValueOrDefault(row.Minute) + row.Lines;
        }
        foreach (var lines in sources.Values.SelectMany(streams => streams.Values))
            DropStray(lines);
        return sources;
    }

    private static void DropStray(Dictionary<long, double> lines)
    {
        var minutes = lines.Keys.Order().ToArray();
        var median = minutes[minutes.Length / 2];
        foreach (var minute in minutes)
            if (Math.Abs(minute - median) > Farthest)
                lines.Remove(minute);
    }

    private static LineSeries Series(Dictionary<long, double> lines, long end)
    {
        var minutes = lines.Keys.Order().ToArray();
        return new LineSeries(minutes, [.. minutes.Select(minute => lines[minute])], end);
    }

    private static Dictionary<long, double> Sum(IEnumerable<Dictionary<long, double>> streams)
    {
        var sum = new Dictionary<long, double>();
        foreach (var (minute, lines) in streams.SelectMany(stream => stream))
            sum[minute] = sum.GetValueOrDefault(minute) + lines;
        return sum;
    }

    /// <summary>Time, and the lines of the stream's siblings where it has any.</summary>
    private static List<Pace> PacesOf(Dictionary<long, double> lines, LineSeries all, HourCounts hours)
    {
        var siblings = new Dictionary<long, double>();
        for (var i = 0; i < all.Minutes.Length; i++)
            if (all.Lines[i] - lines.GetValueOrDefault(all.Minutes[i]) is > 0 and var others)
                siblings[all.Minutes[i]] = others;
        return siblings.Count == 0 ? [Pace.Time] : [Pace.Time, Pace.Of(Series(siblings, all.End), hours)];
    }

    /// <summary>
    /// The silences beyond the threshold, by either pace. First each is weighed by a rhythm learned with all silences
    /// in it but itself, so that nights stay nights; then again by one learned without those that were found.
    /// </summary>
    private static List<Weighed> Weigh(LineSeries series, IReadOnlyList<Pace> paces, GapOptions options)
    {
        List<Weighed> found = [];
        for (var pass = 0; pass < Passes; pass++)
        {
            var excluded = found.Select(each => each.Silence).ToList();
            var known = excluded.ToHashSet();
            var rhythms = paces.Select(pace => new Rhythm(series, excluded, pace, options)).ToList();
            found =
            [
                .. series.Silences().Select(silence => WeighBy(rhythms, silence, !known.Contains(silence), options))
                    .Where(weighed => weighed.Score > options.Threshold || known.Contains(weighed.Silence)),
            ];
        }
        return found;
    }

    private static Weighed WeighBy(
        IReadOnlyList<Rhythm> rhythms, Silence silence, bool learned, GapOptions options)
    {
        var weights = rhythms.Select(rhythm => rhythm.Weigh(silence, learned)).ToList();
        // The siblings' lines come in visits: in a few minutes of a night all of them may have gone to one node.
        if (weights.Count > 1 && silence.Minutes < options.LeastBySiblings)
            weights[1] = (0, weights[1].Expected);
        var bySiblings = weights.Count > 1 && weights[1].Score > options.Threshold;
        // The siblings rested, too: a night before a thief came who never sleeps.
        if (weights.Count > 1 && !bySiblings && weights[1].Expected * SharedRest < weights[0].Expected)
            return new Weighed(silence, weights[1].Score, weights[1].Expected, false);
        // What the siblings logged meanwhile says more of this very time than other days do.
        return new Weighed(
            silence, weights.Max(weight => weight.Score), weights[bySiblings ? 1 : 0].Expected, bySiblings);
    }

    private static IEnumerable<Gap> OfStream(
        string source,
        string stream,
        LineSeries series,
        IReadOnlyList<Pace> paces,
        List<Weighed> sitewide,
        GapOptions options)
    {
        var own = Weigh(series, paces, options).ToDictionary(each => each.Silence);
        foreach (var silence in series.Silences())
        {
            var together = sitewide.Any(each => each.Silence.Overlaps(silence) && Covers(silence, each.Silence));
            var weighed = own.GetValueOrDefault(silence);
            if (weighed is null && !together)
                continue;
            var expected = weighed?.Expected ?? new Rhythm(series, [.. own.Keys], Pace.Time, options)
                .Weigh(silence, learned: true).Expected;
            // Both ends rounded outwards: a record of the bordering minutes may be missing too.
            var from = EventTime.FromMinute(silence.First - 1);
            var to = EventTime.FromMinute(silence.AtEnd ? silence.After : silence.After + 1);
            var reason = together ? Together : silence.AtEnd ? Stopped : weighed!.BySiblings ? Left : Alone;
            yield return new Gap(source, stream, from, to, reason, expected);
        }
    }

    private static bool Covers(Silence stream, Silence all) => stream.First <= all.First && all.After <= stream.After;

    private sealed record Weighed(Silence Silence, double Score, double Expected, bool BySiblings);
}
