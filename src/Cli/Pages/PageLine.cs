using Spectre.Console;
using Spectre.Console.Rendering;

namespace WhoSaw.Cli.Pages;

/// <summary>How a piece of a page is meant; only colour and weight follow from it, never words.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Dim,
    Alarm,
    Warning,
    Good,
    Command,
}

/// <summary>A piece of a line.</summary>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Span(string text) => new(text);

    public int Width => CellText.Width(Text);
}

/// <summary>
/// One finished line: laid out already, so that nothing breaks it again and a command can be pasted whole.
/// </summary>
internal sealed class PageLine(IReadOnlyList<Span> spans) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var span in spans)
            yield return new Segment(span.Text, StyleOf(span.Tone));
        yield return Segment.LineBreak;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Dim => new Style(decoration: Decoration.Dim),
        Tone.Alarm => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Warning => new Style(Color.Yellow, decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Command => new Style(Color.Aqua),
        _ => Style.Plain,
    };
}
