using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Finds the silences of a stream that its own rhythm does not explain. Silence before a stream's first line is none;
/// silence at its end is one when another stream of its source goes on.
/// </summary>
public static class GapFinder
{
    private const int Passes = 2;

    // A clock that was never set must not make fifty years of silence.
    private const long Farthest = 10L * 366 * 24 * 60;
    private const string Alone = "the stream is silent against its rhythm";
    private const string Stopped = "the stream stops while its source goes on";
    private const string Together = "all streams of the source are silent against their rhythm";

    /// <summary>The gaps by source, stream and time; the rows in any order, equal keys summed.</summary>
    /// <param name="now">Until when the sources could have spoken; null: until they did last.</param>
    public static IReadOnlyList<Gap> Find(
        IEnumerable<TotalsRow> totals, GapOptions options, Func<string, EventTime>? now = null)
    {
        var gaps = new List<Gap>();
        foreach (var source in Collect(totals))
        {
            var end = source.Value.Values.Max(stream => stream.Keys.Max()) + 1;
            if (now is not null)
                end = Math.Max(end, now(source.Key).MinuteNumber);
            var streams = source.Value.Select(stream => (Name: stream.Key, Series: Series(stream.Value, end))).ToList();
            var sitewide = streams.Count > 1 ? Weigh(Sum(source.Value.Values, end), options) : [];
            foreach (var (name, series) in streams)
                gaps.AddRange(OfStream(source.Key, name, series, sitewide, options));
        }
        return gaps;
    }

    /// <summary>Every silence of a stream with its score, for those who set thresholds; the longest first.</summary>
    internal static IReadOnlyList<(string Stream, Silence Silence, double Score, double Expected)> Scores(
        IEnumerable<TotalsRow> totals, GapOptions options)
    {
        var scores = new List<(string, Silence, double, double)>();
        foreach (var source in Collect(totals))
        {
            var end = source.Value.Values.Max(stream => stream.Keys.Max()) + 1;
            foreach (var (name, lines) in source.Value)
            {
                var series = Series(lines, end);
                var found = Weigh(series, options).Select(each => each.Silence).ToList();
                var rhythm = new Rhythm(series, found, options);
                foreach (var silence in series.Silences())
                {
                    var (score, expected) = rhythm.Weigh(silence, learned: !found.Contains(silence));
                    scores.Add(($"{source.Key}/{name}", silence, score, expected));
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

    private static LineSeries Sum(IEnumerable<Dictionary<long, double>> streams, long end)
    {
        var sum = new Dictionary<long, double>();
        foreach (var (minute, lines) in streams.SelectMany(stream => stream))
            sum[minute] = sum.GetValueOrDefault(minute) + lines;
        return Series(sum, end);
    }

    /// <summary>
    /// The silences beyond the threshold. First each is weighed by a rhythm learned with all silences in it but
    /// itself, so that nights stay nights; then again by one learned without those that were found.
    /// </summary>
    private static List<(Silence Silence, double Expected)> Weigh(LineSeries series, GapOptions options)
    {
        var found = new List<(Silence Silence, double Expected)>();
        for (var pass = 0; pass < Passes; pass++)
        {
            var excluded = found.Select(each => each.Silence).ToList();
            var known = excluded.ToHashSet();
            var rhythm = new Rhythm(series, excluded, options);
            found = [];
            foreach (var silence in series.Silences())
            {
                var (score, expected) = rhythm.Weigh(silence, learned: !known.Contains(silence));
                if (score > options.Threshold || known.Contains(silence))
                    found.Add((silence, expected));
            }
        }
        return found;
    }

    private static IEnumerable<Gap> OfStream(
        string source,
        string stream,
        LineSeries series,
        List<(Silence Silence, double Expected)> sitewide,
        GapOptions options)
    {
        var own = Weigh(series, options);
        var silences = own.Select(each => each.Silence).ToList();
        foreach (var silence in series.Silences())
        {
            var together = sitewide.Any(each => each.Silence.Overlaps(silence) && Covers(silence, each.Silence));
            var place = silences.IndexOf(silence);
            if (place < 0 && !together)
                continue;
            var expected = place >= 0
                ? own[place].Expected
                : new Rhythm(series, silences, options).Weigh(silence, learned: true).Expected;
            // Both ends rounded outwards: a record of the bordering minutes may be missing too.
            var from = EventTime.FromMinute(silence.First - 1);
            var to = EventTime.FromMinute(silence.AtEnd ? silence.After : silence.After + 1);
            var reason = together ? Together : silence.AtEnd ? Stopped : Alone;
            yield return new Gap(source, stream, from, to, reason, expected);
        }
    }

    private static bool Covers(Silence stream, Silence all) => stream.First <= all.First && all.After <= stream.After;
}
