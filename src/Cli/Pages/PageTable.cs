namespace WhoSaw.Cli.Pages;

/// <summary>Rows under aligned columns, without lines between them; numbers stand at the right of theirs.</summary>
internal sealed class PageTable(params IReadOnlyList<PageTable.Column> columns)
{
    private const string Between = "  ";
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <param name="Widest">Where a table is too wide, longer texts of this column are shortened to it; 0:
    /// never.</param>
    public sealed record Column(string Heading, bool IsNumber = false, int Widest = 0);

    public void Add(params IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(CellText.Clean)]);

    public void Write(PageWriter page, int indent = 0)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => CellText.Width(row[i]))
            .Append(CellText.Width(column.Heading)).Max()).ToArray();
        if (widths.Sum() + Between.Length * (widths.Length - 1) + indent > page.Width)
        {
            for (var i = 0; i < widths.Length; i++)
                if (columns[i].Widest > 0)
                    widths[i] = Math.Min(widths[i], columns[i].Widest);
        }
        if (columns.Any(column => column.Heading.Length > 0))
            WriteRow(page, indent, [.. columns.Select(column => column.Heading)], widths, Tone.Dim);
        foreach (var row in _rows)
            WriteRow(page, indent, row, widths, Tone.Plain);
    }

    private void WriteRow(PageWriter page, int indent, IReadOnlyList<string> cells, int[] widths, Tone tone)
    {
        var texts = cells.Select((cell, i) => Aligned(Shortened(cell, widths[i]), widths[i], columns[i].IsNumber));
        page.Line(new string(' ', indent), new Span(string.Join(Between, texts), tone));
    }

    private static string Aligned(string text, int width, bool right) =>
        right ? CellText.PadLeft(text, width) : CellText.PadRight(text, width);

    private static string Shortened(string text, int width)
    {
        if (CellText.Width(text) <= width)
            return text;
        while (text.Length > 0 && CellText.Width(text) > width - 1)
            text = text[..^1];
        return text + "…";
    }
}
