using WhoSaw.Intake.Formats;

namespace WhoSaw.Intake.Sources;

/// <summary>Finds where records end, by the framing of their format.</summary>
internal static class RecordCutter
{
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
            Framing.QuotedLines => EndOutsideQuotes(bytes),
            Framing.JsonArray => EndOfJson(bytes, out start),
            _ => bytes.IndexOf((byte)'\n'),
        };
        if (end < 0)
        {
            length = bytes.Length - start;
            return final;
        }
        length = end - start;
        consumed = end + 1;
        if (framing == Framing.JsonArray && bytes[end] != '\n')
            length++;
        else if (length > 0 && bytes[end - 1] == '\r')
            length--;
        return true;
    }

    private static int EndOutsideQuotes(ReadOnlySpan<byte> bytes)
    {
        var quoted = false;
        for (var at = 0; at < bytes.Length;)
        {
            var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
                return -1;
            at += next;
            if (bytes[at] == '"')
                quoted = !quoted;
            else if (!quoted)
                return at;
            at++;
        }
        return -1;
    }

    /// <summary>
    /// The last byte of the next object, or of the line where none opens. The envelope <c>{"Records":[ … ]}</c> and the
    /// commas between its objects are passed over, so that an array reads as lines do.
    /// </summary>
    private static int EndOfJson(ReadOnlySpan<byte> bytes, out int start)
    {
        start = 0;
        while (start < bytes.Length)
        {
            var here = bytes[start];
            if (here is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)']' or (byte)'}')
                start++;
            else if (here == '{' && IsEnvelope(bytes[start..], out var envelope))
                start += envelope;
            else
                break;
        }
        if (start == bytes.Length)
            return -1;
        if (bytes[start] != '{')
            return bytes[start..].IndexOf((byte)'\n') is var line and >= 0 ? start + line : -1;
        return EndOfObject(bytes, start);
    }

    private static bool IsEnvelope(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        var head = bytes[..Math.Min(bytes.Length, 64)];
        var open = head.IndexOf((byte)'[');
        if (open < 0 || head[..open].IndexOf("\"Records\""u8) < 0)
            return false;
        length = open + 1;
        return true;
    }

    private static int EndOfObject(ReadOnlySpan<byte> bytes, int start)
    {
        var depth = 0;
        var text = false;
        for (var at = start; at < bytes.Length; at++)
        {
            var next = text
                ? bytes[at..].IndexOfAny((byte)'"', (byte)'\\')
                : bytes[at..].IndexOfAny("\"{}\n"u8);
            if (next < 0)
                return -1;
            at += next;
            switch (bytes[at])
            {
                case (byte)'\\':
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
            }
        }
        return -1;
    }
}
