using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Scanning;

/// <summary>How much each stream logged on each day, and for how many minutes it kept no log.</summary>
internal static class CoverageDays
{
    // A clock that was never set must not make a calendar of fifty years.
    private const int MostDays = 3700;

    /// <summary>All days of a ledger; none where it has no totals.</summary>
    public static IReadOnlyList<CoverageDay> Of(LedgerContents ledger, TimeZoneInfo zone)
    {
        var totals = Coverage.Read(ledger);
        return totals.Count == 0 ? [] : Between(
            ledger, totals, EventTime.FromMinute(totals.Min(row => row.Minute)),
            EventTime.FromMinute(totals.Max(row => row.Minute)), zone);
    }

    /// <summary>
    /// The days of a scope and of the gaps that it names, with one before and one after, whether or not the ledger goes
    /// so far; all days of the ledger where nobody is in the scope.
    /// </summary>
    public static IReadOnlyList<CoverageDay> Around(Scope scope, LedgerContents ledger, TimeZoneInfo zone) =>
        scope.First is not { } first || scope.Last is not { } last ? Of(ledger, zone) : Between(
            ledger, Coverage.Read(ledger), scope.Coverage.Gaps.Select(gap => gap.From).Append(first).Min()
                .Plus(-EventTime.Day), scope.Coverage.Gaps.Select(gap => gap.To).Append(last).Max()
                .Plus(EventTime.Day), zone);

    private static IReadOnlyList<CoverageDay> Between(
        LedgerContents ledger, IReadOnlyList<TotalsRow> totals, EventTime from, EventTime to, TimeZoneInfo zone)
    {
        var calendar = new LocalCalendar(zone);
        var first = calendar.DayOf(from.MinuteNumber);
        var days = calendar.DayOf(to.MinuteNumber).DayNumber - first.DayNumber + 1;
        return Of(totals, Coverage.Gaps(ledger),
            [.. Enumerable.Range(0, Math.Min(MostDays, days)).Select(first.AddDays)], zone);
    }

    public static IReadOnlyList<CoverageDay> Of(
        IReadOnlyList<TotalsRow> totals, IReadOnlyList<Gap> gaps, IReadOnlyList<DateOnly> days, TimeZoneInfo zone)
    {
        var wanted = days.ToHashSet();
        var calendar = new LocalCalendar(zone);
        var lines = new Dictionary<(string Stream, DateOnly Day), long>();
        foreach (var row in totals)
        {
            var key = (row.Stream, calendar.DayOf(row.Minute));
            if (wanted.Contains(key.Item2))
                lines[key] = lines.GetValueOrDefault(key) + row.Lines;
        }
        var missing = new Dictionary<(string Stream, DateOnly Day), int>();
        foreach (var gap in gaps)
            for (var minute = gap.From.MinuteNumber; minute < gap.To.MinuteNumber; minute++)
            {
                var key = (gap.Stream, calendar.DayOf(minute));
                if (wanted.Contains(key.Item2))
                    missing[key] = missing.GetValueOrDefault(key) + 1;
            }
        // A stream whose gap is as long as the calendar has no lines in it, and belongs there all the more.
        return [.. lines.Keys.Concat(missing.Keys).Select(key => key.Stream).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(stream => days.Select(day => new CoverageDay(
                stream, day, lines.GetValueOrDefault((stream, day)), missing.GetValueOrDefault((stream, day)))))];
    }
}

/// <summary>Which day a minute is in, in the zone of people; the zone is asked once an hour of the log.</summary>
internal sealed class LocalCalendar(TimeZoneInfo zone)
{
    private long _hour = long.MinValue;
    private long _offset;

    public DateOnly DayOf(long minute)
    {
        if (minute / 60 != _hour)
        {
            _hour = minute / 60;
            _offset = (long)zone.GetUtcOffset(EventTime.FromMinute(minute).ToUtc()).TotalMinutes;
        }
        var day = EventTime.FromMinute(minute + _offset).DayNumber;
        return DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);
    }
}
