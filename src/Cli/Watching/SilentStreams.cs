using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// A stream that is silent against its own rhythm, by the rule of coverage (hour of day and of week). Asked once a
/// minute, of the last weeks; what is open is a finding, and stays one with its end when the stream speaks again.
/// </summary>
internal sealed class SilentStreams(IEnumerable<TotalsRow> past, TimeProvider clock)
{
    public const string Detector = "silent-stream";

    private const long Remembered = 35L * 24 * 60;
    private readonly Dictionary<(string Source, string Stream), SortedDictionary<long, long>> _lines = Sum(past);
    private readonly Dictionary<string, EventClock> _clocks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, long), Finding> _found = [];
    private readonly Dictionary<(string Source, string Stream), long> _newest = [];
    private DateTimeOffset _asked = clock.GetUtcNow();

    public void Add(string source, string stream, IEnumerable<MinuteTotal> totals)
    {
        var newest = long.MinValue;
        var series = Of(_lines, source, stream);
        foreach (var total in totals)
        {
            series[total.Minute] = series.GetValueOrDefault(total.Minute) + total.Lines;
            newest = Math.Max(newest, total.Minute);
        }
        if (newest > long.MinValue)
        {
            _newest[(source, stream)] = Math.Max(newest, _newest.GetValueOrDefault((source, stream), newest));
            ClockOf(source).See(EventTime.FromMinute(newest));
        }
        while (series.Count > 0 && series.Keys.First() < newest - Remembered)
            series.Remove(series.Keys.First());
    }

    /// <summary>The findings, at most once a minute new ones.</summary>
    public IReadOnlyList<Finding> Conclude()
    {
        var now = clock.GetUtcNow();
        if (now - _asked < TimeSpan.FromMinutes(1))
            return [.. _found.Values];
        _asked = now;
        if (!_found.Values.Any(IsOpen) && !_newest.Any(stream => IsLate(stream.Key.Source, stream.Value)))
            return [.. _found.Values];
        foreach (var gap in GapFinder.Find(Rows(), new GapOptions(), source => ClockOf(source).Now))
        {
            // Only what is silent now: the past is a matter of coverage.
            if (gap.To < ClockOf(gap.Source).Now.Plus(-2 * EventTime.Minute)
                && !_found.ContainsKey((gap.Source, gap.Stream, gap.From.MinuteNumber)))
                continue;
            _found[(gap.Source, gap.Stream, gap.From.MinuteNumber)] = Report(gap);
        }
        return [.. _found.Values];
    }

    private bool IsLate(string source, long minute) => minute < ClockOf(source).Now.MinuteNumber - 1;

    private static bool IsOpen(Finding finding) => finding.Title.EndsWith("is silent", StringComparison.Ordinal);

    private Finding Report(Gap gap)
    {
        var isOpen = gap.To >= ClockOf(gap.Source).Now.Plus(-2 * EventTime.Minute);
        var known = _found.GetValueOrDefault((gap.Source, gap.Stream, gap.From.MinuteNumber));
        return new Finding
        {
            Kind = FindingKind.Coverage,
            Detector = Detector,
            Severity = Severity.Medium,
            Raised = known?.Raised ?? gap.To,
            First = gap.From,
            // While it lasts its end is not told: it would be another finding every minute.
            Last = isOpen ? known?.Last ?? gap.To : gap.To,
            Title = isOpen ? $"{gap.Stream} of {gap.Source} is silent" : $"{gap.Stream} of {gap.Source} was silent",
            Why = isOpen
                ? $"Nothing has come since {gap.From}; {gap.Reason}. What happens meanwhile no log can show."
                : string.Create(CultureInfo.InvariantCulture,
                    $"Nothing came between {gap.From} and {gap.To}; about {gap.ExpectedLines:N0} lines were due."),
            ActorKind = "stream",
            ActorValue = $"{gap.Source}/{gap.Stream}",
            Where = "",
            Technique = "T1562.008",
        };
    }

    private IEnumerable<TotalsRow> Rows() => _lines.SelectMany(stream => stream.Value.Select(minute =>
        new TotalsRow(stream.Key.Source, stream.Key.Stream, minute.Key, null, Outcome.Other, minute.Value, 0)));

    private EventClock ClockOf(string source)
    {
        if (_clocks.TryGetValue(source, out var known))
            return known;
        _clocks.Add(source, known = new EventClock(clock));
        foreach (var (key, series) in _lines)
            if (key.Source == source && series.Count > 0)
                known.See(EventTime.FromMinute(series.Keys.Last()));
        return known;
    }

    private static Dictionary<(string, string), SortedDictionary<long, long>> Sum(IEnumerable<TotalsRow> rows)
    {
        var lines = new Dictionary<(string Source, string Stream), SortedDictionary<long, long>>();
        foreach (var row in rows)
        {
            var series = Of(lines, row.Source, row.Stream);
            series[row.Minute] = series.GetValueOrDefault(row.Minute) + row.Lines;
        }
        return lines;
    }

    private static SortedDictionary<long, long> Of(
        Dictionary<(string Source, string Stream), SortedDictionary<long, long>> lines, string source, string stream)
    {
        if (!lines.TryGetValue((source, stream), out var series))
            lines.Add((source, stream), series = []);
        return series;
    }
}
