namespace WhoSaw.Intake.Formats;

/// <summary>Days and digits of the proleptic Gregorian calendar, without objects.</summary>
internal static class CivilTime
{
    /// <summary>Days since 1970-01-01, or <see cref="long.MinValue"/> for a day that does not exist.</summary>
    public static long Days(int year, int month, int day)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DaysIn(year, month))
            return long.MinValue;
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var ofEra = y - era * 400;
        var ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146097L + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
    }

    /// <summary>1 to 12 for three letters of an English month in any case; 0 for anything else.</summary>
    public static int Month(byte first, byte second, byte third) =>
        ((first | 0x20) << 16 | (second | 0x20) << 8 | third | 0x20) switch
        {
            'j' << 16 | 'a' << 8 | 'n' => 1,
            'f' << 16 | 'e' << 8 | 'b' => 2,
            'm' << 16 | 'a' << 8 | 'r' => 3,
            'a' << 16 | 'p' << 8 | 'r' => 4,
            'm' << 16 | 'a' << 8 | 'y' => 5,
            'j' << 16 | 'u' << 8 | 'n' => 6,
            'j' << 16 | 'u' << 8 | 'l' => 7,
            'a' << 16 | 'u' << 8 | 'g' => 8,
            's' << 16 | 'e' << 8 | 'p' => 9,
            'o' << 16 | 'c' << 8 | 't' => 10,
            'n' << 16 | 'o' << 8 | 'v' => 11,
            'd' << 16 | 'e' << 8 | 'c' => 12,
            _ => 0,
        };

    /// <summary>Two digits at <paramref name="at"/>, or -1.</summary>
    public static int Two(ReadOnlySpan<byte> text, int at)
    {
        if ((uint)(at + 1) >= (uint)text.Length)
            return -1;
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1 : tens * 10 + ones;
    }

    /// <summary>Four digits at <paramref name="at"/>, or -1.</summary>
    public static int Four(ReadOnlySpan<byte> text, int at)
    {
        var high = Two(text, at);
        var low = Two(text, at + 2);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
