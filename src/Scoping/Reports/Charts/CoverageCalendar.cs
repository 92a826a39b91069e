using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports.Sections;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// A calendar of streams and days as a table, one for each month: itself the text for those who do not see its colours.
/// Streams with a gap come first; beyond a limit the others are only counted.
/// </summary>
internal static class CoverageCalendar
{
    private const int MostRows = 60;
    private const int FewestStreams = 8;
    private const int Levels = 5;
    private const int DenseDays = 22;

    public static void Write(ReportPage page)
    {
        var streams = page.Story.Coverage.GroupBy(day => day.Stream, StringComparer.Ordinal)
            .Select(days => (Name: days.Key, Days: days.ToDictionary(day => day.Day),
                Highest: days.Max(day => day.Lines), HasGap: days.Any(day => day.MissingMinutes > 0)))
            .ToList();
        var months = page.Story.Coverage.Select(day => (day.Day.Year, day.Day.Month)).Distinct().Count();
        var most = Math.Max(FewestStreams, MostRows / Math.Max(1, months));
        var drawn = streams.Count <= most
            ? streams
            : [.. streams.OrderByDescending(stream => stream.HasGap).Take(most)];
        foreach (var month in page.Story.Coverage.Select(day => day.Day).Distinct().Order()
            .GroupBy(day => new DateOnly(day.Year, day.Month, 1)))
        {
            var days = month.ToList();
            page.Html.Open("div", "class", "scroll")
                .Open("table", "class", days.Count > DenseDays ? "calendar dense" : "calendar")
                .Element("caption", page.Moments.Month(month.Key)).Open("thead").Open("tr")
                .Element("th", page.Say("column.stream"), "scope", "col");
            foreach (var day in days)
                page.Html.Element("th", day.Day.ToString(CultureInfo.InvariantCulture), "scope", "col");
            page.Html.Close().Close().Open("tbody");
            foreach (var (name, byDay, highest, _) in drawn)
            {
                page.Html.Open("tr").Element("th", name, "scope", "row");
                foreach (var day in days)
                    WriteCell(page, byDay.GetValueOrDefault(day), day, highest);
                page.Html.Close();
            }
            page.Html.Close().Close().Close();
        }
        if (drawn.Count < streams.Count)
            page.Html.Element("p", page.Say("report.coverage-more", streams.Count - drawn.Count), "class", "note");
        WriteLegend(page);
    }

    private static void WriteCell(ReportPage page, CoverageDay? cell, DateOnly day, long highest)
    {
        if (cell is null || (cell.Lines == 0 && cell.MissingMinutes == 0))
        {
            page.Html.Element("td", "–", "class", "l0", "title", page.Say("report.coverage-none"));
            return;
        }
        var name = page.Moments.DayAndYear(day) + ": " + page.Words.Count("lines", cell.Lines);
        if (cell.MissingMinutes > 0)
        {
            var missing = SummarySection.Hours(cell.MissingMinutes * EventTime.Minute, page.Words);
            page.Html.Element("td", Short(cell.MissingMinutes), "class", "hole", "title",
                $"{name}, {page.Say("report.unknown-gap")} {missing}");
            return;
        }
        var level = highest == 0 ? 0 : (int)Math.Ceiling(cell.Lines * (double)Levels / highest);
        page.Html.Element("td", Compact(cell.Lines),
            "class", "l" + Math.Clamp(level, 1, Levels).ToString(CultureInfo.InvariantCulture), "title", name);
    }

    private static void WriteLegend(ReportPage page)
    {
        page.Html.Open("p", "class", "legend").Text(page.Say("report.coverage-legend")).Text(" ");
        for (var level = 1; level <= Levels; level++)
            page.Html.Element("i", "", "class", "l" + level.ToString(CultureInfo.InvariantCulture));
        page.Html.Text(" " + page.Say("report.coverage-legend-more") + " ").Element("i", "", "class", "hole")
            .Text(" " + page.Say("report.coverage-legend-gap")).Close();
    }

    private static string Short(int minutes) =>
        minutes < 60 ? $"{minutes}m" : $"{Math.Round(minutes / 60.0).ToString(CultureInfo.InvariantCulture)}h";

    private static string Compact(long lines) => lines switch
    {
        >= 999_500 => (lines / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 99_950 => (lines / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        >= 1_000 => (lines / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => lines.ToString(CultureInfo.InvariantCulture),
    };
}
