namespace WhoSaw.Intake.Routes;

/// <summary>
/// Reads one parameter of a query as forms write it: <c>name=value&amp;name=value</c>, '+' for a blank.
/// </summary>
internal static class QueryText
{
    /// <summary>
    /// All values of a parameter (<c>name</c>, <c>name[]</c>, <c>name[3]</c>, in any case), undone of escapes and
    /// joined by commas; in the query itself where that needs no copy.
    /// </summary>
    public static ReadOnlySpan<byte> Values(ReadOnlySpan<byte> query, ReadOnlySpan<byte> name, RouteScratch scratch)
    {
        ReadOnlySpan<byte> only = default;
        Span<byte> text = default;
        int found = 0, length = 0;
        for (var rest = query; !rest.IsEmpty;)
        {
            var pair = Next(ref rest);
            var equals = pair.IndexOf((byte)'=');
            if (equals < 0 || !IsNamed(pair[..equals], name))
                continue;
            var value = pair[(equals + 1)..];
            if (++found == 1 && value.IndexOfAny((byte)'%', (byte)'+') < 0)
            {
                only = value;
                continue;
            }
            if (text.IsEmpty)
            {
                text = scratch.Text(query.Length + 1);
                only.CopyTo(text);
                length = only.Length;
            }
            if (found > 1)
                text[length++] = (byte)',';
            length += PercentText.Decode(value, text[length..], plusIsBlank: true);
        }
        return text.IsEmpty ? only : text[..length];
    }

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'&');
        var pair = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return pair;
    }

    private static bool IsNamed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name)
    {
        Span<byte> decoded = stackalloc byte[128];
        if (key.Length > decoded.Length || key.IndexOfAny((byte)'%', (byte)'+') < 0)
            return IsSame(key, name);
        var length = PercentText.Decode(key, decoded, plusIsBlank: true);
        return IsSame(decoded[..length], name);
    }

    private static bool IsSame(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name)
    {
        if (key.Length < name.Length || !SegmentTable.SameText(name, key[..name.Length]))
            return false;
        return key.Length == name.Length || (key[name.Length] == '[' && key[^1] == ']');
    }
}
