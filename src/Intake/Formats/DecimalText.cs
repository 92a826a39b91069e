using WhoSaw.Records;

namespace WhoSaw.Intake.Formats;

/// <summary>Numbers as logs write them.</summary>
internal static class DecimalText
{
    /// <summary>Digits only, at most 18 of them.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 18)
            return false;
        foreach (var digit in text)
        {
            var number = digit - '0';
            if ((uint)number > 9)
                return false;
            value = value * 10 + number;
        }
        return true;
    }

    /// <summary>An optional sign, digits, a fraction and an exponent: mantissa × 10^exponent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long mantissa, out int exponent)
    {
        mantissa = 0;
        exponent = 0;
        var at = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
            at++;
        var digits = 0;
        var point = false;
        for (; at < text.Length; at++)
        {
            var number = text[at] - '0';
            if ((uint)number <= 9)
            {
                digits++;
                if (mantissa < 900_000_000_000_000_000 / 10 * 9)
                {
                    mantissa = mantissa * 10 + number;
                    exponent -= point ? 1 : 0;
                }
                else
                {
                    exponent += point ? 0 : 1;
                }
            }
            else if (text[at] == '.' && !point)
            {
                point = true;
            }
            else
            {
                break;
            }
        }
        if (negative)
            mantissa = -mantissa;
        return digits > 0 && digits < 64 && (at == text.Length || TryExponent(text[at..], ref exponent));
    }

    /// <summary>
    /// A length of time in microseconds. A unit in the text (<c>2ms</c>, <c>1.5s</c>) wins; without one,
    /// <paramref name="unit"/> says how many nanoseconds one is; 0: seconds if there is a fraction, else milliseconds.
    /// </summary>
    public static bool TryDuration(ReadOnlySpan<byte> text, long unit, out long microseconds)
    {
        microseconds = -1;
        var number = text;
        while (number.Length > 0 && number[^1] is > (byte)'9' or (byte)' ')
            number = number[..^1];
        var suffix = text[number.Length..].Trim((byte)' ');
        if (suffix.SequenceEqual("ms"u8))
            unit = 1_000_000;
        else if (suffix.SequenceEqual("s"u8))
            unit = 1_000_000_000;
        else if (suffix.SequenceEqual("us"u8) || suffix.SequenceEqual("µs"u8))
            unit = 1_000;
        else if (suffix.SequenceEqual("ns"u8))
            unit = 1;
        else if (!suffix.IsEmpty)
            return false;
        if (!TryRead(number, out var mantissa, out var exponent) || mantissa < 0 || exponent is > 9 or < -30)
            return false;
        if (unit == 0)
            unit = exponent < 0 ? 1_000_000_000 : 1_000_000;
        Int128 nano = (Int128)mantissa * unit;
        for (; exponent > 0; exponent--)
            nano *= 10;
        for (; exponent < 0; exponent++)
            nano /= 10;
        nano /= 1_000;
        if (nano > 1_000 * EventTime.Day)
            return false;
        microseconds = (long)nano;
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text.Length < 2 || (text[0] | 0x20) != 'e')
            return false;
        var negative = text[1] == '-';
        var digits = text[1] is (byte)'-' or (byte)'+' ? text[2..] : text[1..];
        if (digits.Length > 3 || !TryInteger(digits, out var value))
            return false;
        exponent += negative ? -(int)value : (int)value;
        return true;
    }
}
