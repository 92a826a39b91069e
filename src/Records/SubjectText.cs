using System.Text;
using System.Text.Unicode;

namespace WhoSaw.Records;

/// <summary>
/// Account ids as text and back, one to one. A log may hold any bytes (<c>%FF</c> in a path); were they read as UTF-8,
/// different ids would turn into the same replacement characters, and two people would merge when the dictionary is
/// read again.
/// </summary>
internal static class SubjectText
{
    /// <summary>Starts the text of an id that is not UTF-8, or that itself starts with these letters.</summary>
    private const string Marker = "bytes:";

    public static string FromBytes(ReadOnlySpan<byte> id) =>
        IsPlain(id) ? Encoding.UTF8.GetString(id) : Marker + Convert.ToHexStringLower(id);

    public static byte[] ToBytes(string text)
    {
        if (text.StartsWith(Marker, StringComparison.Ordinal) && IsHex(text.AsSpan(Marker.Length)))
        {
            var decoded = Convert.FromHexString(text.AsSpan(Marker.Length));
            if (!IsPlain(decoded))
                return decoded;
        }
        return Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : Encode(text);
    }

    private static bool IsPlain(ReadOnlySpan<byte> id) => Utf8.IsValid(id) && !id.StartsWith("bytes:"u8);

    private static byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> room = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(room[..rune.EncodeToUtf8(room)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else
                bytes.AddRange(LoneSurrogate(text[i]));
        }
        return [.. bytes];
    }

    // three bytes as WTF-8 has them, so that different ids stay different
    private static byte[] LoneSurrogate(char half) =>
        [(byte)(0xE0 | half >> 12), (byte)(0x80 | half >> 6 & 0x3F), (byte)(0x80 | half & 0x3F)];

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            if (!char.IsAsciiHexDigitLower(character))
                return false;
        return text.Length % 2 == 0;
    }
}
