using WhoSaw.Records;

namespace WhoSaw.Intake.Sightings;

/// <summary>Text that looks like personal data, within a block. Not the text itself.</summary>
/// <param name="Checks">Its checksum is right, or it has none and its structure is enough.</param>
internal readonly record struct PersonalText(int Start, int Length, SightingKind Kind, bool Checks);

/// <summary>
/// Finds what looks like resident numbers, cards, mobile phones and e-mail addresses in a block of text. Vectors of 64
/// bytes leave few places to look at; what a place holds is decided by rules (docs/detectors/spill.md: keep in sync).
/// </summary>
internal static class PersonalTextFinder
{
    private const int LongestRun = 20;

    /// <summary>Appends what the text holds, in its order.</summary>
    public static void Find(ReadOnlySpan<byte> text, List<PersonalText> into)
    {
        var next = 0;
        var places = new CandidatePlaces(text);
        while (places.MoveNext(out var at))
        {
            if (at < next)
                continue;
            if (At(text, at) is not { } personal || personal.Start < next)
                continue;
            into.Add(personal);
            next = personal.Start + personal.Length;
        }
    }

    /// <summary>What the rules find at a place: at the first digit of a number, at the sign of an address.</summary>
    public static PersonalText? At(ReadOnlySpan<byte> text, int at) =>
        text[at] is (byte)'@' or (byte)'%' ? MailAddress.At(text, at) : NumberAt(text, at);

    /// <summary>A number by the digits that begin here.</summary>
    private static PersonalText? NumberAt(ReadOnlySpan<byte> text, int at)
    {
        if (at > 0 && (IsLetterOrDigit(text[at - 1]) || at > 1 && text[at - 1] == '.' && IsDigit(text[at - 2])))
            return null;
        Span<byte> digits = stackalloc byte[LongestRun];
        var run = Run(text[at..]);
        return run switch
        {
            13 => Resident(text, at, 13, digits),
            6 when Follows(text, at + 6, "-"u8) && Run(text[(at + 7)..]) == 7 => Resident(text, at, 14, digits),
            14 or 15 or 16 or 19 => Card(text, at, run, digits),
            4 => Groups(text, at, digits),
            10 or 11 or 12 => Phone(text, at, run, digits),
            3 => PhoneGroups(text, at, digits),
            _ => null,
        };
    }

    private static PersonalText? Resident(ReadOnlySpan<byte> text, int at, int length, Span<byte> digits)
    {
        Copy(text.Slice(at, length), digits);
        return EndsAt(text, at + length) && ResidentNumber.IsStructured(digits, out var isLate)
            ? new PersonalText(at, length,
                isLate ? SightingKind.LateResidentNumber : SightingKind.ResidentNumber,
                ResidentNumber.HasChecksum(digits))
            : null;
    }

    private static PersonalText? Card(ReadOnlySpan<byte> text, int at, int length, Span<byte> digits)
    {
        var count = Copy(text.Slice(at, length), digits);
        return EndsAt(text, at + length) && CardNumber.IsIssued(digits[..count])
            ? new PersonalText(at, length, SightingKind.Card, CardNumber.HasChecksum(digits[..count]))
            : null;
    }

    /// <summary>1234-1234-1234-1234, or 4-6-5; the same separator throughout.</summary>
    private static PersonalText? Groups(ReadOnlySpan<byte> text, int at, Span<byte> digits)
    {
        if (at + 17 > text.Length || text[at + 4] is not ((byte)'-' or (byte)' '))
            return null;
        var separator = text.Slice(at + 4, 1);
        if (Run(text[(at + 5)..]) == 6 && Follows(text, at + 11, separator) && Run(text[(at + 12)..]) == 5)
            return Card(text, at, 17, digits);
        return Run(text[(at + 5)..]) == 4 && Follows(text, at + 9, separator) && Run(text[(at + 10)..]) == 4
            && Follows(text, at + 14, separator) && Run(text[(at + 15)..]) == 4
            ? Card(text, at, 19, digits) : null;
    }

    /// <summary>A mobile number without separators: 01012345678, of old 0111234567, abroad +821012345678.</summary>
    private static PersonalText? Phone(ReadOnlySpan<byte> text, int at, int length, Span<byte> digits)
    {
        Copy(text.Slice(at, length), digits);
        var isMobile = length switch
        {
            11 => digits.StartsWith("010"u8) && digits[3] >= '2',
            10 => digits.StartsWith("01"u8)
                && digits[2] is (byte)'1' or (byte)'6' or (byte)'7' or (byte)'8' or (byte)'9',
            _ => digits.StartsWith("8210"u8) && digits[4] >= '2' && at > 0 && text[at - 1] == '+',
        };
        return isMobile && EndsAt(text, at + length)
            ? new PersonalText(at, length, SightingKind.Phone, true) : null;
    }

    private static PersonalText? PhoneGroups(ReadOnlySpan<byte> text, int at, Span<byte> digits)
    {
        if (at + 13 > text.Length || text[at + 3] is not ((byte)'-' or (byte)' ' or (byte)'.')
            || Run(text[(at + 4)..]) != 4 || text[at + 8] != text[at + 3] || Run(text[(at + 9)..]) != 4)
            return null;
        Copy(text.Slice(at, 13), digits);
        return digits.StartsWith("010"u8) && digits[3] >= '2' && EndsAt(text, at + 13)
            ? new PersonalText(at, 13, SightingKind.Phone, true) : null;
    }

    private static int Run(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && length < LongestRun && IsDigit(text[length]))
            length++;
        return length;
    }

    private static bool Follows(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> sign) =>
        at < text.Length && text[at] == sign[0];

    /// <summary>Nothing that would make it a part of something longer.</summary>
    private static bool EndsAt(ReadOnlySpan<byte> text, int at) =>
        at >= text.Length
        || !IsLetterOrDigit(text[at])
            && !(text[at] is (byte)'.' or (byte)'-' && at + 1 < text.Length && IsDigit(text[at + 1]));

    /// <summary>The digits alone; how many there are.</summary>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var count = 0;
        foreach (var c in text)
            if (IsDigit(c))
                digits[count++] = c;
        return count;
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    internal static bool IsLetterOrDigit(byte c) =>
        c is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= 0x80;
}
