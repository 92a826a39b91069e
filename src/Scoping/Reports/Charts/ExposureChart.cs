namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>Accounts of each day as bars.</summary>
internal static class ExposureChart
{
    private const double Left = 64;
    private const double Right = Drawing.Width - 16;
    private const double Top = 30;
    private const double Bottom = 220;

    public static void Write(ReportPage page, IReadOnlyList<Exposures.DayCount> days)
    {
        var drawing = new Drawing(page.Html);
        var (first, count) = (days[0].Day, days[^1].Day.DayNumber - days[0].Day.DayNumber + 1);
        var across = new Scale(0, count, Left, Right);
        var up = Scale.FromZero(days.Max(day => (double)day.Accounts), Bottom, Top);
        drawing.Begin(page.Say("report.daily"), page.Say("scope.chart-text", Words.Number(days.Sum(d => d.NewAccounts)),
            page.Moments.DayAndYear(first), page.Moments.DayAndYear(days[^1].Day)), Bottom + 30);
        drawing.Grid(up, Left, Right);
        drawing.Line("axis", Left, Bottom, Right, Bottom);
        foreach (var day in days)
        {
            var (from, to) = (across.At(day.Day.DayNumber - first.DayNumber),
                across.At(day.Day.DayNumber - first.DayNumber + 1));
            var room = Math.Min(6, (to - from) * 0.15);
            var top = Math.Min(up.At(day.Accounts), Bottom - 1.5);
            drawing.Box("bar", from + room, top, to - from - 2 * room, Bottom - top,
                page.Moments.DayAndYear(day.Day) + ": " + page.Words.Count("accounts", day.Accounts));
        }
        drawing.Days(across, first, count, Bottom + 20, page.Moments.ShortDay);
        drawing.End();
    }
}
