using System.Globalization;

namespace WhoSaw.Bench.Measuring;

/// <summary>Memory of the counts of people against the number of actors, both in powers of ten, as SVG.</summary>
internal static class BreadthPicture
{
    private const int Width = 640;
    private const int Height = 360;
    private const double LeastActors = 1e5;
    private const double MostActors = 1e8;
    private const double LeastBytes = 1e6;
    private const double MostBytes = 2e9;

    public static void Write(string path, IReadOnlyList<(long Actors, long Bytes)> points)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img">"""));
        file.WriteLine("""
            <style>text{font:12px system-ui,sans-serif;fill:#1f2430}.axis{stroke:#9ca3af}.dot{fill:#2f5d8a}
            .line{fill:none;stroke:#2f5d8a;stroke-width:2}</style>
            """);
        file.WriteLine(Text($"""<rect width="{Width}" height="{Height}" fill="#fff"/>"""));
        file.WriteLine("""<text x="80" y="24" font-weight="600">Memory of breadth against actors</text>""");
        file.WriteLine(
            Text($"""<path class="axis" fill="none" d="M80 40V{Height - 50}H{Width - 40}"/>"""));
        for (var actors = LeastActors; actors <= MostActors; actors *= 10)
            file.WriteLine(
                Text($"""<text x="{X(actors):0.#}" y="{Height - 30}" text-anchor="middle">{actors:N0}</text>"""));
        for (var bytes = LeastBytes; bytes <= MostBytes; bytes *= 10)
            file.WriteLine(
                Text($"""<text x="72" y="{Y(bytes) + 4:0.#}" text-anchor="end">{bytes / 1e6:N0} MB</text>"""));
        file.WriteLine(Text($"""<text x="{Width / 2}" y="{Height - 8}" text-anchor="middle">actors</text>"""));
        var line = string.Join(' ', points.Select(each => Text($"{X(each.Actors):0.#},{Y(each.Bytes):0.#}")));
        file.WriteLine($"""<polyline class="line" points="{line}"/>""");
        foreach (var (actors, bytes) in points)
        {
            var (x, y) = (X(actors), Y(bytes));
            file.WriteLine(Text($"""<circle class="dot" cx="{x:0.#}" cy="{y:0.#}" r="4"/>"""));
            // The first stands at the axis, where its label has room on the other side only.
            var (side, anchor) = actors == points[0].Actors ? (8, "start") : (-8, "end");
            file.WriteLine(Text($"""
                <text x="{x + side:0.#}" y="{y - 8:0.#}" text-anchor="{anchor}">{bytes / (double)actors:0.0} bytes</text>
                """));
        }
        file.WriteLine("</svg>");
    }

    private static double X(double actors) =>
        80 + Math.Log10(actors / LeastActors) / Math.Log10(MostActors / LeastActors) * (Width - 140);

    private static double Y(double bytes) =>
        Height - 50 - Math.Log10(bytes / LeastBytes) / Math.Log10(MostBytes / LeastBytes) * (Height - 100);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
