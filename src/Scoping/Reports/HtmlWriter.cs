using System.Globalization;
using System.Text;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// Writes markup that is both HTML and well-formed XML. Everything that is not a name is escaped here and nowhere
/// else, so that nothing out of a log can become markup.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private const string Blocks = " html head body header main section div figure table thead tbody tr dl ol ul li"
        + " h1 h2 h3 p svg g details pre style script title meta caption ";

    private readonly Stack<string> _open = new();

    /// <summary>
    /// Opens an element; the attributes are name, value, name, value, …; one with a null value is left out.
    /// </summary>
    public HtmlWriter Open(string name, params ReadOnlySpan<string?> attributes)
    {
        Tag(name, attributes);
        output.Write('>');
        _open.Push(name);
        return this;
    }

    public HtmlWriter Close()
    {
        var name = _open.Pop();
        output.Write("</" + name + ">");
        if (Blocks.Contains(' ' + name + ' ', StringComparison.Ordinal))
            output.Write('\n');
        return this;
    }

    public HtmlWriter Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>An element with nothing but text in it.</summary>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<string?> attributes) =>
        Open(name, attributes).Text(text).Close();

    /// <summary>An element that has no content.</summary>
    public HtmlWriter Empty(string name, params ReadOnlySpan<string?> attributes)
    {
        Tag(name, attributes);
        output.Write("/>");
        return this;
    }

    /// <summary>Our own style or script, as it is: it holds neither <c>&lt;</c> nor <c>&amp;</c>.</summary>
    public HtmlWriter Own(string name, string content)
    {
        if (content.AsSpan().IndexOfAny('<', '&') >= 0)
            throw new ArgumentException("a style or script of the report must be XML as it stands", nameof(content));
        Open(name);
        output.Write(content);
        return Close();
    }

    public void Doctype() => output.Write("<!DOCTYPE html>\n");

    /// <summary>A coordinate of a drawing.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private void Tag(string name, ReadOnlySpan<string?> attributes)
    {
        output.Write("<" + name);
        for (var i = 0; i + 1 < attributes.Length; i += 2)
        {
            if (attributes[i + 1] is not { } value)
                continue;
            output.Write(" " + attributes[i] + "=\"");
            Escape(value);
            output.Write('"');
        }
    }

    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '&':
                    output.Write("&amp;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    output.Write(IsSafe(rune) ? rune.ToString() : "\ufffd");
                    break;
            }
        }
    }

    // controls, and marks that turn the direction of the text around them
    private static bool IsSafe(Rune rune) => rune.Value == '\n'
        || (!Rune.IsControl(rune) && rune.Value is not ((>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069)
            or 0xfffe or 0xffff));
}
