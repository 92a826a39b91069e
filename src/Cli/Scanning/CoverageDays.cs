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
        var lines = new Dictionary<(string Stream, DateOnly Day), long>();
        foreach (var row in totals)
        {
            var key = (row.Stream, DayOf(row.Minute, zone));
            if (wanted.Contains(key.Item2))
                lines[key] = lines.GetValueOrDefault(key) + row.Lines;
        }
        var missing = new Dictionary<(string Stream, DateOnly Day), int>();
        foreach (var gap in gaps)
            for (var minute = gap.From.MinuteNumber; minute < gap.To.MinuteNumber; minute++)
            {
                var key = (gap.Stream, DayOf(minute, zone));
                missing[key] = missing.GetValueOrDefault(key) + 1;
            }
        return [.. lines.Keys.Select(key => key.Stream).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(stream => days.Select(day => new CoverageDay(
                stream, day, lines.GetValueOrDefault((stream, day)), missing.GetValueOrDefault((stream, day)))))];
    }

    private static DateOnly DayOf(long minute, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(EventTime.FromMinute(minute).ToUtc(), zone).DateTime);
}
