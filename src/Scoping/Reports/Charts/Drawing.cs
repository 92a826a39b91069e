namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>
/// One SVG with a name for those who do not see it; colours come from the classes of the style sheet.
/// </summary>
internal sealed class Drawing(HtmlWriter html)
{
    public const double Width = 960;

    public void Begin(string name, string description, double height)
    {
        html.Open("figure", "class", "chart").Open("svg", "viewBox", $"0 0 {HtmlWriter.Number(Width)} {N(height)}",
            "role", "img", "aria-label", name + ". " + description).Element("title", name);
    }

    public void End() => html.Close().Close();

    public void Line(string style, double x1, double y1, double x2, double y2) =>
        html.Empty("line", "class", style, "x1", N(x1), "y1", N(y1), "x2", N(x2), "y2", N(y2));

    public void Box(string style, double x, double y, double width, double height, string? hint = null)
    {
        html.Open("rect", "class", style, "x", N(x), "y", N(y), "width", N(Math.Max(0, width)),
            "height", N(Math.Max(0, height)));
        if (hint is not null)
            html.Element("title", hint);
        html.Close();
    }

    public void Dot(string style, double x, double y, double radius) =>
        html.Empty("circle", "class", style, "cx", N(x), "cy", N(y), "r", N(radius));

    public void Path(string style, string shape) => html.Empty("path", "class", style, "d", shape);

    /// <param name="anchor">start, middle or end.</param>
    public void Text(string style, double x, double y, string text, string anchor = "start") =>
        html.Element("text", text, "class", style, "x", N(x), "y", N(y), "text-anchor", anchor);

    public void Grid(Scale scale, double left, double right)
    {
        foreach (var tick in scale.Ticks())
        {
            Line(tick == 0 ? "axis" : "grid", left, scale.At(tick), right, scale.At(tick));
            Text("tick", left - 8, scale.At(tick) + 4, Scale.Short(tick), "end");
        }
    }

    /// <summary>Days below the drawing, as many as find room.</summary>
    public void Days(Scale scale, DateOnly first, int days, double y, Func<DateOnly, string> name)
    {
        var step = Math.Max(1, (int)Math.Ceiling(days / 11.0));
        for (var i = 0; i < days; i += step)
            Text("tick", scale.At(i + 0.5), y, name(first.AddDays(i)), "middle");
    }

    private static string N(double value) => HtmlWriter.Number(value);
}
