using Spectre.Console;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// Lays a page out for a fixed number of columns, with a margin of two at both sides, and writes it line by line.
/// </summary>
internal sealed class PageWriter
{
    public const int FullWidth = 100;
    private const int Margin = 2;
    private const int LeastWidth = 60;
    private readonly IAnsiConsole _console;

    /// <param name="console">Narrower than 100 columns makes the page narrower; one that is redirected never
    /// does.</param>
    public PageWriter(IAnsiConsole console)
    {
        _console = console;
        var columns = console.Profile.Out.IsTerminal ? console.Profile.Width : FullWidth;
        Width = Math.Clamp(columns, LeastWidth, FullWidth) - 2 * Margin;
    }

    /// <summary>Cells between the margins.</summary>
    public int Width { get; }

    public void Blank() => _console.Write(new PageLine([]));

    public void Line(params IReadOnlyList<Span> spans) =>
        _console.Write(new PageLine(Trimmed([new string(' ', Margin), .. spans])));

    /// <summary>The second part at the right edge; on a line of its own where both do not fit.</summary>
    public void Split(IReadOnlyList<Span> left, IReadOnlyList<Span> right)
    {
        var free = Width - left.Sum(span => span.Width) - right.Sum(span => span.Width);
        if (free >= 2)
        {
            Line([.. left, new string(' ', free), .. right]);
            return;
        }
        Line(left);
        Line([new string(' ', Math.Max(0, Width - right.Sum(span => span.Width))), .. right]);
    }

    public void Rule() => Line(new Span(new string('─', Width), Tone.Dim));

    public void Text(string text, Tone tone = Tone.Plain, int indent = 0)
    {
        foreach (var line in CellText.Wrap(CellText.Clean(text), Width - indent))
            Line(new string(' ', indent), new Span(line, tone));
    }

    /// <summary>A label, and beside it as many lines as the text needs.</summary>
    public void Labelled(Span label, int labelWidth, string text, Tone tone = Tone.Plain)
    {
        var lines = CellText.Wrap(CellText.Clean(text), Width - labelWidth);
        for (var i = 0; i < lines.Count; i++)
        {
            var name = CellText.PadRight(i == 0 ? label.Text : "", labelWidth);
            Line(label with { Text = name }, new Span(lines[i], tone));
        }
    }

    /// <summary>Pieces side by side, three blanks between them, on as many lines as they need.</summary>
    public void Flow(IReadOnlyList<Span> pieces)
    {
        var line = new List<Span>();
        var used = 0;
        foreach (var piece in pieces)
        {
            if (used > 0 && used + 3 + piece.Width > Width)
            {
                Line(line);
                line = [];
                used = 0;
            }
            if (used > 0)
            {
                line.Add("   ");
                used += 3;
            }
            line.Add(piece);
            used += piece.Width;
        }
        Line(line);
    }

    private static List<Span> Trimmed(List<Span> spans)
    {
        while (spans.Count > 0 && spans[^1].Text.TrimEnd() is var text && text.Length < spans[^1].Text.Length)
        {
            if (text.Length > 0)
                spans[^1] = spans[^1] with { Text = text };
            else
                spans.RemoveAt(spans.Count - 1);
        }
        return spans;
    }
}
