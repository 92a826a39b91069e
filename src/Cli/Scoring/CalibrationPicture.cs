using System.Globalization;

namespace WhoSaw.Cli.Scoring;

/// <summary>
/// The largest evidence of each quiet world as a dot, a column for each kind of theft, against the threshold.
/// </summary>
internal static class CalibrationPicture
{
    private const int Width = 720;
    private const int Height = 380;
    private const int Left = 56;
    private const int Floor = Height - 64;
    private const int Top = 48;

    public static void Write(TextWriter file, IReadOnlyList<CalibrationWorld> worlds, double threshold)
    {
        var columns = Columns(worlds).ToList();
        var most = Math.Max(threshold, columns.Max(column => column.Values.Max())) * 1.1;
        double Y(double evidence) => Floor - evidence / most * (Floor - Top);
        file.WriteLine(Text($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img">"""));
        file.WriteLine("""
            <style>text{font:12px system-ui,sans-serif;fill:#1f2430}.axis{stroke:#9ca3af}
            .dot{fill:#2f5d8a;fill-opacity:.45}.bound{stroke:#c2410c;stroke-width:2}</style>
            """);
        file.WriteLine(Text($"""<rect width="{Width}" height="{Height}" fill="#fff"/>"""));
        file.WriteLine(Text($"""<text x="{Left}" y="26" font-weight="600">The most evidence of any honest actor, """)
            + Text($"""{worlds.Select(world => world.Seed).Distinct().Count()} quiet worlds</text>"""));
        file.WriteLine(Text($"""<line class="axis" x1="{Left}" y1="{Floor}" x2="{Width - 20}" y2="{Floor}"/>"""));
        for (var evidence = 0; evidence <= most; evidence += 5)
            file.WriteLine(
                Text($"""<text x="{Left - 8}" y="{Y(evidence) + 4:0.#}" text-anchor="end">{evidence}</text>"""));
        file.WriteLine(Text($"""<line class="bound" x1="{Left}" y1="{Y(threshold):0.#}" x2="{Width - 20}" """)
            + Text($"""y2="{Y(threshold):0.#}"/>"""));
        file.WriteLine(Text($"""<text x="{Width - 22}" y="{Y(threshold) - 6:0.#}" text-anchor="end">"""
            ) + Text($"""threshold {threshold:0.0}</text>"""));
        var wide = (Width - Left - 20.0) / columns.Count;
        for (var c = 0; c < columns.Count; c++)
        {
            var middle = Left + wide * (c + 0.5);
            file.WriteLine(Text($"""<text x="{middle:0.#}" y="{Floor + 18}" text-anchor="middle">"""
                ) + $"{columns[c].Theft}</text>");
            file.WriteLine(Text($"""<text x="{middle:0.#}" y="{Floor + 34}" text-anchor="middle">"""
                ) + (columns[c].HasIssuer ? "issuer" : "no issuer") + "</text>");
            for (var i = 0; i < columns[c].Values.Count; i++)
            {
                var x = middle + (i * 37 % 41 - 20) * wide / 60;
                file.WriteLine(
                    Text($"""<circle class="dot" cx="{x:0.#}" cy="{Y(columns[c].Values[i]):0.#}" r="3"/>"""));
            }
        }
        file.WriteLine("</svg>");
    }

    /// <summary>For each kind of theft, with an issuer's log and without, the worlds' values in their order.</summary>
    public static IEnumerable<(string Theft, bool HasIssuer, IReadOnlyList<double> Values)> Columns(
        IReadOnlyList<CalibrationWorld> worlds) =>
        from theft in worlds[0].Largest.Select(largest => largest.Theft)
        from hasIssuer in (bool[])[true, false]
        let values = worlds.Where(world => world.HasIssuer == hasIssuer)
            .Select(world => world.Largest.First(largest => largest.Theft == theft).Evidence).ToList()
        where values.Count > 0
        select (theft, hasIssuer, (IReadOnlyList<double>)values);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
