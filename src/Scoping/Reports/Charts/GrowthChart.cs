using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// Accounts over time: all so far as an area, each day's as bars below it, and the moment of the alarm through both.
/// </summary>
internal static class GrowthChart
{
    private const double Left = 64;
    private const double Right = Drawing.Width - 16;
    private const double Top = 44;
    private const double Middle = 250;
    private const double BarsTop = 290;
    private const double Bottom = 380;

    public static void Write(ReportPage page, FindingStory story)
    {
        var (drawing, moments, days) = (new Drawing(page.Html), page.Moments, story.PerDay);
        var (first, count) = (days[0].Day, days[^1].Day.DayNumber - days[0].Day.DayNumber + 1);
        var across = new Scale(0, count, Left, Right);
        var alarm = moments.Moment(story.Finding.Raised);
        drawing.Begin(page.Say("report.chart-growth"), page.Say("report.chart-growth-text",
            Words.Number(story.Accounts), moments.DayAndYear(first), moments.DayAndYear(days[^1].Day), alarm),
            Bottom + 30);
        foreach (var gap in story.Gaps)
        {
            var (from, to) = (across.At(Days(gap.From)), across.At(Days(gap.To)));
            var sentence = StoryText.Gap(gap, page.Words, moments);
            drawing.Box("gap", from, Top, Math.Max(2, to - from), Bottom - Top, sentence);
        }
        WriteTotal(drawing, days, across);
        WriteDaily(page, drawing, days, across);
        drawing.Days(across, first, count, Bottom + 20, moments.ShortDay);
        WriteAlarm(drawing, Math.Clamp(across.At(Days(story.Finding.Raised)), Left, Right),
            page.Say("report.phase-alarm") + " " + alarm);
        drawing.Text("legend strong", 0, Top - 28, page.Say("report.cumulative"));
        drawing.Text("legend strong", 0, BarsTop - 14, page.Say("report.daily"));
        drawing.End();

        double Days(EventTime time) => (moments.Local(time) - first.ToDateTime(TimeOnly.MinValue)).TotalDays;
    }

    private static void WriteTotal(Drawing drawing, IReadOnlyList<DayCount> days, Scale across)
    {
        var up = Scale.FromZero(days.Sum(day => (double)day.NewAccounts), Middle, Top);
        drawing.Grid(up, Left, Right);
        var line = new StringBuilder($"M{N(Left)} {N(up.At(0))}");
        var total = 0L;
        foreach (var day in days)
        {
            var start = day.Day.DayNumber - days[0].Day.DayNumber;
            line.Append(CultureInfo.InvariantCulture, $" L{N(across.At(start))} {N(up.At(total))}");
            total += day.NewAccounts;
            line.Append(CultureInfo.InvariantCulture, $" L{N(across.At(start + 1))} {N(up.At(total))}");
        }
        drawing.Path("area", $"{line} L{N(Right)} {N(up.At(0))} Z");
        drawing.Path("curve", line.ToString());
        drawing.Text("value", Right, up.At(total) - 8, Words.Number(total), "end");
    }

    private static void WriteDaily(ReportPage page, Drawing drawing, IReadOnlyList<DayCount> days, Scale across)
    {
        var up = Scale.FromZero(days.Max(day => (double)day.Accounts), Bottom, BarsTop);
        drawing.Line("axis", Left, Bottom, Right, Bottom);
        drawing.Line("grid", Left, BarsTop, Right, BarsTop);
        drawing.Text("tick", Left - 8, BarsTop + 4, Scale.Short(up.High), "end");
        drawing.Text("tick", Left - 8, Bottom + 4, "0", "end");
        foreach (var day in days.Where(day => day.Accounts > 0))
        {
            var (from, to) = (across.At(day.Day.DayNumber - days[0].Day.DayNumber),
                across.At(day.Day.DayNumber - days[0].Day.DayNumber + 1));
            var room = Math.Min(6, (to - from) * 0.15);
            var top = Math.Min(up.At(day.Accounts), Bottom - 1.5);
            drawing.Box("bar", from + room, top, to - from - 2 * room, Bottom - top,
                page.Moments.DayAndYear(day.Day) + ": " + page.Words.Count("accounts", day.Accounts));
        }
    }

    private static void WriteAlarm(Drawing drawing, double x, string label)
    {
        drawing.Line("alarm", x, Top - 14, x, Bottom);
        drawing.Dot("alarm-dot", x, Top - 14, 4);
        var atEnd = x > (Left + Right) / 2;
        drawing.Text("alarm-text", x + (atEnd ? -10 : 10), Top - 10, label, atEnd ? "end" : "start");
    }

    private static string N(double value) => HtmlWriter.Number(value);
}
