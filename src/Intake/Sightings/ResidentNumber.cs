namespace WhoSaw.Intake.Sightings;

/// <summary>
/// Korean resident and foreigner registration numbers: YYMMDD-GNNNNNC. Numbers given out since October 2020 have no
/// checksum (rules of the Resident Registration Act, 2020), so those of the later born may lack it.
/// </summary>
internal static class ResidentNumber
{
    private static ReadOnlySpan<byte> Weights => [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    private static ReadOnlySpan<byte> Days => [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Whether 13 digits hold a day of birth and a sign of century and sex (1 to 8).</summary>
    public static bool IsStructured(ReadOnlySpan<byte> digits, out bool isLate)
    {
        var (year, month, day) = (Two(digits, 0), Two(digits, 2), Two(digits, 4));
        var century = digits[6] - '0';
        isLate = century is 3 or 4 or 7 or 8 && (year > 20 || year == 20 && month >= 10);
        return month is >= 1 and <= 12 && day >= 1 && day <= Days[month - 1] && century is >= 1 and <= 8;
    }

    public static bool HasChecksum(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (digits[i] - '0') * Weights[i];
        // a foreigner's check digit is two further on
        var check = (11 - sum % 11 + (digits[6] >= '5' ? 2 : 0)) % 10;
        return digits[12] - '0' == check;
    }

    private static int Two(ReadOnlySpan<byte> digits, int at) => (digits[at] - '0') * 10 + digits[at + 1] - '0';
}

/// <summary>Payment cards: ranges of issuers (ISO/IEC 7812) and Luhn's checksum.</summary>
internal static class CardNumber
{
    public static bool IsIssued(ReadOnlySpan<byte> digits)
    {
        var four = Number(digits, 4);
        var two = four / 100;
        return digits.Length switch
        {
            14 => two is 36 or 38 || four / 10 is >= 300 and <= 305,
            15 => two is 34 or 37,
            // 9: Korean domestic cards
            16 => four / 1000 == 4 || two is >= 51 and <= 55 || four is >= 2221 and <= 2720
                || four is 6011 or >= 3528 and <= 3589 || two is 62 or 64 or 65 or 94,
            19 => two == 62,
            _ => false,
        };
    }

    public static bool HasChecksum(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
        }
        return sum % 10 == 0;
    }

    private static int Number(ReadOnlySpan<byte> digits, int count)
    {
        var number = 0;
        foreach (var digit in digits[..count])
            number = number * 10 + digit - '0';
        return number;
    }
}
