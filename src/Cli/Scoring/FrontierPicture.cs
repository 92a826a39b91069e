using System.Globalization;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// The frontier drawn: days to the right, views a day upwards, both in powers of ten; full dots were found.
/// </summary>
internal static class FrontierPicture
{
    private const int Width = 640;
    private const int Height = 380;
    private const string Axes = "days that the crime lasts; upwards: views a day";

    public static void Write(TextWriter file, string scenario, IReadOnlyList<FrontierPoint> points)
    {
        var most = Math.Log10(Math.Max(10, points.Max(point => point.RequestsADay))) + 0.1;
        var days = Math.Log10(Math.Max(2, points.Max(point => point.Days))) + 0.05;
        double X(double day) => 70 + Math.Log10(day) / days * (Width - 110);
        double Y(double rate) => Height - 50 - Math.Log10(Math.Max(1, rate)) / most * (Height - 100);
        string At(FrontierPoint point) => Text($"{X(point.Days):0.#},{Y(point.RequestsADay):0.#}");
        file.WriteLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img">"""));
        file.WriteLine("""
            <style>text{font:12px system-ui,sans-serif;fill:#1f2430}.axis{stroke:#9ca3af}.found{fill:#2f5d8a}
            .missed{fill:none;stroke:#c2410c;stroke-width:2}.edge{fill:none;stroke:#2f5d8a;stroke-width:2}</style>
            """);
        file.WriteLine(Text($"""<rect width="{Width}" height="{Height}" fill="#fff"/>"""));
        file.WriteLine(
            Text($"""<text x="70" y="26" font-weight="600">{scenario}: full is found, hollow is missed</text>"""));
        file.WriteLine(
            Text($"""<line class="axis" x1="70" y1="{Height - 50}" x2="{Width - 30}" y2="{Height - 50}"/>"""));
        file.WriteLine(Text($"""<line class="axis" x1="70" y1="40" x2="70" y2="{Height - 50}"/>"""));
        foreach (var length in points.Select(point => point.Days).Distinct())
            file.WriteLine(
                Text($"""<text x="{X(length):0.#}" y="{Height - 30}" text-anchor="middle">{length}</text>"""));
        for (var rate = 1.0; Math.Log10(rate) <= most; rate *= 10)
            file.WriteLine(Text($"""<text x="60" y="{Y(rate) + 4:0.#}" text-anchor="end">{rate:N0}</text>"""));
        file.WriteLine(
            Text($"""<text x="{Width / 2}" y="{Height - 10}" text-anchor="middle">{Axes}</text>"""));
        var edge = points.GroupBy(point => point.Days).Select(length => length.LastOrDefault(point => point.IsFound))
            .OfType<FrontierPoint>();
        file.WriteLine(
            $"""<polyline class="edge" points="{string.Join(' ', edge.Select(At))}"/>""");
        foreach (var point in points)
        {
            var (x, y) = (X(point.Days), Y(point.RequestsADay));
            file.WriteLine(Text($"""<circle class="{Kind(point)}" cx="{x:0.#}" cy="{y:0.#}" r="5"/>"""));
        }
        file.WriteLine("</svg>");
    }

    private static string Kind(FrontierPoint point) => point.IsFound ? "found" : "missed";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
