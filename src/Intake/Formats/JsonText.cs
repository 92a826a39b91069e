using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace WhoSaw.Intake.Formats;

/// <summary>The grammar of JSON as far as walking over it needs it. Never recursive, so no depth is too deep.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>False at the end of the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SkipSpace(ReadOnlySpan<byte> line, ref int at) =>
        (uint)at < (uint)line.Length && line[at] > ' ' || SkipSpaces(line, ref at);

    private static bool SkipSpaces(ReadOnlySpan<byte> line, ref int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
        return at < line.Length;
    }

    /// <summary>A number, true, false or null.</summary>
    public static bool TrySkipScalar(ReadOnlySpan<byte> line, ref int at)
    {
        var length = line[at..].IndexOfAny(AfterScalar);
        if (length <= 0)
            return false;
        var word = line.Slice(at, length);
        at += length;
        return word[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            || word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8);
    }

    public static bool TrySkipValue(ReadOnlySpan<byte> line, ref int at)
    {
        if (line[at] == '"')
            return TrySkipString(line, ref at);
        if (line[at] is not ((byte)'{' or (byte)'['))
            return TrySkipScalar(line, ref at);
        var depth = 0;
        while (true)
        {
            var step = line[at..].IndexOfAny(Structure);
            if (step < 0)
                return false;
            at += step;
            switch (line[at])
            {
                case (byte)'"':
                    if (!TrySkipString(line, ref at))
                        return false;
                    if (at >= line.Length)
                        return false;
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }
            at++;
            if (depth == 0)
                return true;
            if (at >= line.Length)
                return false;
        }
    }

    /// <summary>Undoes JSON's escapes; never longer than the text. A lone surrogate becomes U+FFFD.</summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 >= text.Length)
            {
                result[written++] = text[at];
                continue;
            }
            at++;
            if (text[at] == 'u' && TryUnit(text, at + 1, out var unit))
            {
                at += 4;
                var rune = Rune.ReplacementChar;
                if (char.IsHighSurrogate(unit) && at + 2 < text.Length && text[at + 1] == '\\' && text[at + 2] == 'u'
                    && TryUnit(text, at + 3, out var low) && char.IsLowSurrogate(low))
                {
                    rune = new Rune(unit, low);
                    at += 6;
                }
                else if (!char.IsSurrogate(unit))
                {
                    rune = new Rune(unit);
                }
                written += rune.EncodeToUtf8(result[written..]);
                continue;
            }
            result[written++] = text[at] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                var other => other,
            };
        }
        return written;
    }

    /// <summary>A number that is whole although written with a point, an exponent or a sign.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = -1;
        if (!DecimalText.TryRead(text, out var mantissa, out var exponent))
            return false;
        for (; exponent < 0 && mantissa != 0; exponent++)
            mantissa /= 10;
        for (; exponent > 0 && mantissa is > -100_000_000_000_000_000 and < 100_000_000_000_000_000; exponent--)
            mantissa *= 10;
        value = mantissa;
        return exponent <= 0;
    }

    private static bool TrySkipString(ReadOnlySpan<byte> line, ref int at)
    {
        var escaped = false;
        var quote = QuotedText.NextQuote(line, at + 1, ref escaped);
        at = quote + 1;
        return quote >= 0;
    }

    private static bool TryUnit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = default;
        if (at + 4 > text.Length)
            return false;
        var high = QuotedText.Hex(text[at], text[at + 1]);
        var low = QuotedText.Hex(text[at + 2], text[at + 3]);
        unit = (char)(high << 8 | low);
        return high >= 0 && low >= 0;
    }
}
