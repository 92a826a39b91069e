using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Scanning;

/// <summary>How much each stream logged on each day, and for how many minutes it kept no log.</summary>
internal static class CoverageDays
{
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
                missing[key] = missing.GetValueOrDefault(key) + 1;
            }
        return [.. lines.Keys.Select(key => key.Stream).Distinct().Order(StringComparer.Ordinal)
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
