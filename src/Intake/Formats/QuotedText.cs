namespace WhoSaw.Intake.Formats;

/// <summary>Text between quotes, and the escapes that servers put into it.</summary>
internal static class QuotedText
{
    /// <summary>
    /// How many quotes are tried as the closing one before the last quote of the line is taken: keeps a line of nothing
    /// but quotes linear.
    /// </summary>
    public const int Attempts = 16;

    /// <summary>
    /// The next quote at or after <paramref name="at"/> that no backslash escapes, or -1. <paramref name="escaped"/>
    /// becomes true where a backslash was passed.
    /// </summary>
    public static int NextQuote(ReadOnlySpan<byte> line, int at, ref bool escaped)
    {
        while (at < line.Length)
        {
            var step = line[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
                return -1;
            at += step;
            if (line[at] == '"')
                return at;
            escaped = true;
            at += 2;
        }
        return -1;
    }

    /// <summary>
    /// Undoes <c>\"</c>, <c>\\</c>, <c>\xHH</c>, <c>\u00HH</c> and the usual control letters; anything else stays as it
    /// is. The result is never longer than the text.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter != '\\' || at + 1 >= text.Length)
            {
                result[written++] = letter;
                continue;
            }
            var plain = Plain(text[at + 1]);
            if (plain != 0)
            {
                result[written++] = plain;
                at++;
            }
            else if (text[at + 1] == 'x' && at + 3 < text.Length
                && Hex(text[at + 2], text[at + 3]) is >= 0 and var value)
            {
                result[written++] = (byte)value;
                at += 3;
            }
            else if (text[at + 1] == 'u' && at + 5 < text.Length && text[at + 2] == '0' && text[at + 3] == '0'
                && Hex(text[at + 4], text[at + 5]) is >= 0 and < 0x80 and var low)
            {
                result[written++] = (byte)low;
                at += 5;
            }
            else
            {
                result[written++] = letter;
            }
        }
        return written;
    }

    /// <summary>The value of two hexadecimal digits, or -1.</summary>
    public static int Hex(byte high, byte low)
    {
        var first = Digit(high);
        var second = Digit(low);
        return (first | second) < 0 ? -1 : first << 4 | second;
    }

    /// <summary>
    /// Sets a field to a slice of the line that may hold escapes; <c>-</c> and nothing leave it absent.
    /// </summary>
    public static void Set(
        LineFields fields, LineField field, ReadOnlySpan<byte> line, int start, int length, bool escaped)
    {
        if (length == 0 || length == 1 && line[start] == '-')
            return;
        if (!escaped || line.Slice(start, length).IndexOf((byte)'\\') < 0)
        {
            fields.SetSlice(field, start, length);
            return;
        }
        var room = fields.Reserve(length);
        fields.Commit(field, Unescape(line.Slice(start, length), room));
    }

    /// <summary>Undoes percent signs: <c>%20</c>; a lone percent sign stays. Never longer than the text.</summary>
    public static int UndoPercent(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && Hex(text[at + 1], text[at + 2]) is >= 0 and var value)
            {
                result[written++] = (byte)value;
                at += 2;
            }
            else
            {
                result[written++] = text[at];
            }
        }
        return written;
    }

    public static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (Digit(letter) < 0)
                return false;
        }
        return true;
    }

    private static byte Plain(byte letter) => letter switch
    {
        (byte)'"' => (byte)'"',
        (byte)'\\' => (byte)'\\',
        (byte)'/' => (byte)'/',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'v' => (byte)'\v',
        _ => 0,
    };

    private static int Digit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => -1,
    };
}
