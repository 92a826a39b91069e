using System.Globalization;

namespace WhoSaw.Records;

/// <summary>
/// An account, as a number. An id that is a canonical decimal integer (no sign, no leading zero, at most 18 digits) is
/// that number; any other id has a negative number from a persistent dictionary. Two different ids never share a
/// number.
/// </summary>
public readonly record struct SubjectId(long Value)
{
    /// <summary>Nobody: the record names no account.</summary>
    public static readonly SubjectId None = new(long.MinValue);

    public bool IsNone => Value == long.MinValue;

    /// <summary>True when the id's text is in the dictionary, not in the number.</summary>
    public bool IsFromDictionary => Value < 0 && !IsNone;

    /// <summary>Reads a canonical integer; false for everything that must go through the dictionary.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out SubjectId id)
    {
        id = None;
        if (text.Length is 0 or > 18 || (text[0] == '0' && text.Length > 1))
            return false;
        long value = 0;
        foreach (var character in text)
        {
            var digit = (uint)(character - '0');
            if (digit > 9)
                return false;
            value = value * 10 + digit;
        }
        id = new SubjectId(value);
        return true;
    }

    public override string ToString() => IsNone ? "" : Value.ToString(CultureInfo.InvariantCulture);
}
