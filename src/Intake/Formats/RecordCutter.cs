namespace WhoSaw.Intake.Formats;

/// <summary>
/// Finds where records end, by the framing of their format. What opens and is never closed swallows no more than its
/// own record: where the next one begins beyond doubt, the broken one ends.
/// </summary>
internal static class RecordCutter
{
    // So much of what follows a line feed tells whether a record begins there.
    private const int Lookahead = 48;

    /// <summary>How many bytes from the start are whole records; 0 when not even one is.</summary>
    public static int LastEnd(ReadOnlySpan<byte> bytes, Framing framing)
    {
        if (framing == Framing.Lines)
            return bytes.LastIndexOf((byte)'\n') + 1;
        var end = 0;
        while (TryNext(bytes[end..], framing, final: false, out _, out _, out var consumed))
            end += consumed;
        return end;
    }

    /// <summary>
    /// The next record: where it starts and how long it is without its line end, and how many bytes to pass over. False
    /// when the bytes end before the record does; with <paramref name="final"/> the rest is the record.
    /// </summary>
    public static bool TryNext(
        ReadOnlySpan<byte> bytes, Framing framing, bool final, out int start, out int length, out int consumed)
    {
        start = 0;
        length = consumed = bytes.Length;
        if (bytes.IsEmpty)
            return false;
        var end = framing switch
        {
            Framing.QuotedLines => EndOutsideQuotes(bytes, final),
            Framing.JsonArray => EndOfJson(bytes, final, out start),
            _ => bytes.IndexOf((byte)'\n'),
        };
        if (end < 0 && !final)
            return false;
        var last = end < 0 ? bytes.Length - 1 : end;
        consumed = last + 1;
        var holdsLast = last >= start && bytes[last] != '\n';
        length = last - start + (holdsLast ? 1 : 0);
        if (!holdsLast && length > 0 && bytes[start + length - 1] == '\r')
            length--;
        length = Math.Max(length, 0);
        return true;
    }

    private static int EndOutsideQuotes(ReadOnlySpan<byte> bytes, bool final)
    {
        var isCsv = IsCsvStart(bytes);
        var quoted = false;
        for (var at = 0; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
                return -1;
            at += next;
            if (bytes[at] == '"')
            {
                quoted = !quoted;
                continue;
            }
            if (!quoted)
                return at;
            var following = bytes[(at + 1)..];
            if (!final && following.Length < Lookahead)
                return -1;
            if (isCsv ? IsCsvStart(following) : IsTime(following))
                return at;
        }
        return -1;
    }

    /// <summary>
    /// A line of csvlog with the user's name: <c>2025-04-14 09:00:00.123 UTC,"app"</c>. Within a quoted field every
    /// quote is doubled, so nobody can put such a line into a statement.
    /// </summary>
    private static bool IsCsvStart(ReadOnlySpan<byte> line)
    {
        if (!IsTime(line))
            return false;
        var head = line[..Math.Min(line.Length, Lookahead)];
        var comma = head.IndexOf((byte)',');
        return comma > 0 && comma + 2 < head.Length && head[comma + 1] == '"' && head[comma + 2] != '"';
    }

    // 2025-04-14 09:00:00
    private static bool IsTime(ReadOnlySpan<byte> line)
    {
        const string shape = "0000-00-00 00:00:00";
        if (line.Length < shape.Length)
            return false;
        for (var at = 0; at < shape.Length; at++)
            if (shape[at] == '0' ? !char.IsAsciiDigit((char)line[at]) : line[at] != shape[at])
                return false;
        return true;
    }

    /// <summary>
    /// The last byte of the next object, or of the line where none opens. The envelope <c>{"Records":[ … ]}</c> and the
    /// commas between its objects are passed over, so that an array reads as lines do.
    /// </summary>
    private static int EndOfJson(ReadOnlySpan<byte> bytes, bool final, out int start)
    {
        start = 0;
        while (start < bytes.Length)
        {
            var here = bytes[start];
            if (here is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'[' or (byte)']' or (byte)'}')
                start++;
            else if (here == '{' && IsEnvelope(bytes[start..], out var envelope) == true)
                start += envelope;
            else
                break;
        }
        if (start == bytes.Length || !final && IsEnvelope(bytes[start..], out _) is null)
            return -1;
        if (bytes[start] != '{')
            return bytes[start..].IndexOf((byte)'\n') is var line and >= 0 ? start + line : -1;
        return EndOfObject(bytes, start, final);
    }

    /// <summary><c>{"Records":[</c> with any spaces; null when more bytes must tell.</summary>
    private static bool? IsEnvelope(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        var rest = bytes;
        foreach (var part in (ReadOnlySpan<string>)["{", "\"Records\"", ":", "["])
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            for (var at = 0; at < part.Length; at++)
                if (at == rest.Length)
                    return null;
                else if (rest[at] != part[at])
                    return false;
            rest = rest[part.Length..];
        }
        length = bytes.Length - rest.Length;
        return true;
    }

    private static int EndOfObject(ReadOnlySpan<byte> bytes, int start, bool final)
    {
        var depth = 0;
        var text = false;
        for (var at = start; at < bytes.Length; at++)
        {
            var next = text ? bytes[at..].IndexOfAny("\"\\\n"u8) : bytes[at..].IndexOfAny("\"{}\n"u8);
            if (next < 0)
                return -1;
            at += next;
            switch (bytes[at])
            {
                case (byte)'\\' when at + 1 < bytes.Length && bytes[at + 1] != '\n':
                    at++;
                    break;
                case (byte)'"':
                    text = !text;
                    break;
                case (byte)'{':
                    depth++;
                    break;
                case (byte)'}' when --depth == 0:
                    return at;
                // a new object at the edge: this one was cut off
                case (byte)'\n' when !final && bytes.Length < at + 3:
                    return -1;
                case (byte)'\n' when bytes[(at + 1)..].StartsWith("{\""u8):
                    return at;
            }
        }
        return -1;
    }
}
