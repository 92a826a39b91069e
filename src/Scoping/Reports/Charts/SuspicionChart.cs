using System.Globalization;
using System.Text;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>Evidence as it grew, against the threshold of the alarm.</summary>
internal static class SuspicionChart
{
    private const double Left = 64;
    private const double Right = Drawing.Width - 16;
    private const double Top = 24;
    private const double Bottom = 220;
    private const double WideRange = 15;

    public static void Write(ReportPage page, SuspicionStory suspicion)
    {
        var drawing = new Drawing(page.Html);
        var points = suspicion.Points;
        var highest = Math.Max(points.Max(point => point.Evidence), suspicion.Threshold);
        var up = highest > WideRange * suspicion.Threshold
            ? new Scale(0, highest * 1.3, Bottom, Top, IsLogarithmic: true)
            : Scale.FromZero(highest, Bottom, Top);
        drawing.Begin(page.Say("report.chart-suspicion"), page.Say("report.chart-suspicion-text",
            Words.Number(highest), Words.Number(suspicion.Threshold)), Bottom + 30);
        drawing.Line("axis", Left, Bottom, Right, Bottom);
        drawing.Grid(up, Left, Right);

        var moments = page.Moments;
        var first = moments.DayOf(points[0].Time);
        var days = moments.DayOf(points[^1].Time).DayNumber - first.DayNumber + 1;
        var across = new Scale(0, days, Left, Right);
        var line = new StringBuilder();
        foreach (var point in points)
        {
            var x = across.At((moments.Local(point.Time) - first.ToDateTime(TimeOnly.MinValue)).TotalDays);
            line.Append(line.Length == 0 ? $"M{N(x)} {N(up.At(0))}" : $" H{N(x)}");
            line.Append(CultureInfo.InvariantCulture, $" V{N(up.At(point.Evidence))}");
        }
        drawing.Path("curve", line.ToString());
        drawing.Text("value", Right, up.At(points[^1].Evidence) - 8, Words.Number(points[^1].Evidence), "end");
        drawing.Line("threshold", Left, up.At(suspicion.Threshold), Right, up.At(suspicion.Threshold));
        drawing.Text("threshold-text", Right, up.At(suspicion.Threshold) - 6,
            page.Say("report.threshold", Words.Number(suspicion.Threshold)), "end");
        drawing.Days(across, first, days, Bottom + 20, moments.ShortDay);
        drawing.End();
    }

    private static string N(double value) => HtmlWriter.Number(value);
}
