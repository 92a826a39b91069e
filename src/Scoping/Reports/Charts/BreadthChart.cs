namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// How many different people each actor saw, the found ones above their peers, against the threshold.
/// </summary>
internal static class BreadthChart
{
    private const int MostFound = 16;
    private const int MostPeers = 12;
    private const double Left = 220;
    private const double Right = Drawing.Width - 80;
    private const double Row = 24;
    private const double Top = 34;
    private const int LongestName = 28;

    public static void Write(ReportPage page, BreadthStory breadth)
    {
        var sorted = breadth.Points.OrderByDescending(point => point.People)
            .ThenBy(point => point.Actor, StringComparer.Ordinal).ToList();
        var points = sorted.Where(point => point.Found).Take(MostFound)
            .Concat(sorted.Where(point => !point.Found).Take(MostPeers)).ToList();
        var bottom = Top + points.Count * Row + 6;
        var highest = Math.Max(points.Max(point => point.People), breadth.Threshold);
        var across = new Scale(0, highest * 1.2, Left, Right, IsLogarithmic: true);
        var threshold = page.Say("report.threshold", Words.Number(breadth.Threshold));
        var drawing = new Drawing(page.Html);
        drawing.Begin(page.Say("report.breadth"), threshold, bottom + 30);
        foreach (var tick in across.Ticks())
        {
            drawing.Line("grid", across.At(tick), Top, across.At(tick), bottom);
            drawing.Text("tick", across.At(tick), bottom + 18, Scale.Short(tick), "middle");
        }
        for (var i = 0; i < points.Count; i++)
            WriteActor(drawing, points[i], across, Top + i * Row + Row / 2 + 3);
        var limit = across.At(breadth.Threshold);
        drawing.Line("threshold", limit, Top - 8, limit, bottom);
        drawing.Text("threshold-text", limit, Top - 14, threshold, "middle");
        drawing.Text("legend", 0, Top - 14, page.Say("column.actor"));
        drawing.End();
    }

    private static void WriteActor(Drawing drawing, BreadthPoint point, Scale across, double y)
    {
        var name = point.Actor.Length > LongestName ? point.Actor[..(LongestName - 1)] + "…" : point.Actor;
        drawing.Text(point.Found ? "legend strong" : "legend", 0, y + 4, name);
        drawing.Line(point.Found ? "stem" : "stem peer-stem", Left, y, across.At(point.People), y);
        drawing.Dot(point.Found ? "dot" : "dot peer", across.At(point.People), y, 5);
        drawing.Text(point.Found ? "value" : "tick", across.At(point.People) + 12, y + 4, Words.Number(point.People));
    }
}
