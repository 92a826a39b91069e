namespace WhoSaw.Intake.Enrichment;

/// <summary>Finds a token in what a log gives for one.</summary>
internal static class TokenText
{
    /// <summary>Without scheme (<c>Bearer</c>), quotes, or the cookie around it; empty for "-".</summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> text)
    {
        text = WithoutScheme(text.Trim(" \t\"'"u8));
        if (text.SequenceEqual("-"u8))
            return default;
        return text.IndexOf((byte)';') >= 0 || IsCookie(text) ? FromCookies(text) : text;
    }

    private static ReadOnlySpan<byte> WithoutScheme(ReadOnlySpan<byte> text)
    {
        foreach (var scheme in (ReadOnlySpan<int>)[6, 3, 5])
        {
            if (text.Length <= scheme || !IsScheme(text[..scheme]))
                continue;
            var rest = text[scheme..];
            if (rest[0] is (byte)' ' or (byte)'+' or (byte)':')
                return rest[1..].Trim((byte)' ');
            if (rest.StartsWith("%20"u8))
                return rest[3..];
        }
        return text;
    }

    private static bool IsScheme(ReadOnlySpan<byte> word)
    {
        var name = word.Length switch { 6 => "bearer"u8, 5 => "token"u8, _ => "jwt"u8 };
        for (var i = 0; i < word.Length; i++)
            if ((word[i] | 0x20) != name[i])
                return false;
        return true;
    }

    // '=' at the end is the padding of a token
    private static bool IsCookie(ReadOnlySpan<byte> text)
    {
        var equals = text.IndexOf((byte)'=');
        return equals > 0 && equals < text.TrimEnd((byte)'=').Length;
    }

    // the value that looks like a token; where none does, the first
    private static ReadOnlySpan<byte> FromCookies(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> first = default;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)';');
            var pair = (end < 0 ? text : text[..end]).Trim((byte)' ');
            text = end < 0 ? default : text[(end + 1)..];
            var equals = IsCookie(pair) ? pair.IndexOf((byte)'=') : -1;
            var value = WithoutScheme(pair[(equals + 1)..].Trim((byte)'"'));
            if (value.StartsWith("ey"u8) && value.Count((byte)'.') >= 2)
                return value;
            if (first.IsEmpty)
                first = value;
        }
        return first;
    }
}
