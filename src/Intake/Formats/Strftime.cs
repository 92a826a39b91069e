using System.Globalization;
using System.Text.Unicode;
using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>
/// Reads a time by a pattern of strftime, as Apache's <c>%{pattern}t</c> writes it: Y y m d e b B h H I M S p j z T R F
/// D s n t and %.
/// </summary>
internal static class Strftime
{
    private struct Parts
    {
        public int Year;
        public int Month;
        public int Day;
        public int Hour;
        public int Minute;
        public int Second;
        public int Afternoon;
        public int OfYear;
        public int Offset;
        public bool HasOffset;
        public EventTime? Epoch;
    }

    public static bool TryRead(string pattern, ReadOnlySpan<byte> text, TimeParser times, out EventTime time)
    {
        time = default;
        var parts = new Parts { Month = 1, Day = 1, Afternoon = -1 };
        var at = 0;
        if (!TryPattern(pattern, text, ref at, ref parts) || at != text.Length)
            return false;
        if (parts.Epoch is { } epoch)
        {
            time = epoch;
            return true;
        }
        if (parts.Afternoon >= 0)
            parts.Hour = parts.Hour % 12 + 12 * parts.Afternoon;
        // the checks of the calendar and the zone are those of every other time
        Span<byte> iso = stackalloc byte[32];
        var invariant = CultureInfo.InvariantCulture;
        var zone = parts.HasOffset ? parts.Offset.ToString("+0000;-0000", invariant) : "";
        var written = Utf8.TryWrite(iso, invariant,
            $"{parts.Year:D4}-{parts.Month:D2}-{parts.Day:D2}"
            + $"T{parts.Hour:D2}:{parts.Minute:D2}:{parts.Second:D2}{zone}",
            out var length);
        if (!written || !times.TryIso(iso[..length], out time))
            return false;
        time = parts.OfYear > 1 ? time.Plus((parts.OfYear - 1) * EventTime.Day) : time;
        return true;
    }

    private static bool TryPattern(string pattern, ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        for (var letter = 0; letter < pattern.Length; letter++)
        {
            if (pattern[letter] != '%' || letter + 1 >= pattern.Length)
            {
                if (at >= text.Length || text[at++] != pattern[letter])
                    return false;
            }
            else if (!TryDirective(pattern[++letter], text, ref at, ref parts))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryDirective(
        char directive, ReadOnlySpan<byte> text, ref int at, ref Parts parts) => directive switch
        {
            'Y' => TryNumber(text, ref at, 4, out parts.Year),
            'y' => TryNumber(text, ref at, 2, out parts.Year) && (parts.Year += parts.Year < 69 ? 2000 : 1900) > 0,
            'm' => TryNumber(text, ref at, 2, out parts.Month),
            'd' or 'e' => TryNumber(text, ref at, 2, out parts.Day),
            'H' or 'k' => TryNumber(text, ref at, 2, out parts.Hour),
            'I' or 'l' => TryNumber(text, ref at, 2, out parts.Hour),
            'M' => TryNumber(text, ref at, 2, out parts.Minute),
            'S' => TryNumber(text, ref at, 2, out parts.Second),
            'j' => TryNumber(text, ref at, 3, out parts.OfYear) && parts.OfYear is >= 1 and <= 366,
            'b' or 'h' or 'B' => TryMonth(text, ref at, ref parts),
            'a' or 'A' => TryWord(text, ref at),
            'p' => TryAfternoon(text, ref at, ref parts),
            'z' => TryOffset(text, ref at, ref parts),
            'T' => TryPattern("%H:%M:%S", text, ref at, ref parts),
            'R' => TryPattern("%H:%M", text, ref at, ref parts),
            'F' => TryPattern("%Y-%m-%d", text, ref at, ref parts),
            'D' => TryPattern("%m/%d/%y", text, ref at, ref parts),
            's' => TryEpoch(text, ref at, ref parts),
            'n' or 't' => at < text.Length && text[at++] is (byte)'\n' or (byte)'\t',
            '%' => at < text.Length && text[at++] == '%',
            _ => false,
        };

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int at, int digits, out int value)
    {
        value = 0;
        var from = at;
        while (at < text.Length && at - from < digits && (text[at] == ' ' && value == 0 || (uint)(text[at] - '0') <= 9))
        {
            value = text[at] == ' ' ? 0 : value * 10 + text[at] - '0';
            at++;
        }
        return at > from;
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        if (at + 3 > text.Length)
            return false;
        parts.Month = CivilTime.Month(text[at], text[at + 1], text[at + 2]);
        return TryWord(text, ref at) && parts.Month > 0;
    }

    private static bool TryWord(ReadOnlySpan<byte> text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiLetter((char)text[at]))
            at++;
        return at > from;
    }

    private static bool TryAfternoon(ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        if (at + 2 > text.Length)
            return false;
        parts.Afternoon = (text[at] | 0x20) == 'p' ? 1 : 0;
        at += 2;
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        if (at + 5 > text.Length || text[at] is not ((byte)'+' or (byte)'-'))
            return false;
        var value = CivilTime.Four(text, at + 1);
        parts.Offset = text[at] == '-' ? -value : value;
        parts.HasOffset = true;
        at += 5;
        return value >= 0;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, ref int at, ref Parts parts)
    {
        var from = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
            at++;
        if (!TimeParser.TryEpoch(text[from..at], out var time))
            return false;
        parts.Epoch = time;
        return true;
    }
}
