using System.Globalization;
using System.Text;
using Spectre.Console;

namespace WhoSaw.Cli.Pages;

/// <summary>Text by the cells that it takes in a terminal (a Korean syllable takes two).</summary>
internal static class CellText
{
    public static int Width(string text) => text.GetCellWidth();

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Width(text))) + text;

    /// <summary>
    /// What a log says may carry escape codes that would rewrite the page: controls and direction marks become visible.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;
        var clean = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (IsUnsafe(character))
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                clean.Append(character);
        }
        return clean.ToString();
    }

    /// <summary>Breaks at blanks into lines of at most so many cells; a longer word is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ').SelectMany(word => Cut(word, width)))
        {
            var cells = Width(word);
            if (used > 0 && used + 1 + cells > width)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
                used = 0;
            }
            else if (line.Length > 0)
            {
                line.Append(' ');
                used++;
            }
            line.Append(word);
            used += cells;
        }
        lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    private static IEnumerable<string> Cut(string word, int width)
    {
        var start = 0;
        var cells = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var wide = char.IsLowSurrogate(word[i]) ? 0 : Width(word[i].ToString());
            if (cells + wide > width && i > start)
            {
                yield return word[start..i];
                start = i;
                cells = 0;
            }
            cells += wide;
        }
        yield return word[start..];
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e')
            or (>= '\u2060' and <= '\u2069') or '\ufeff';
}
