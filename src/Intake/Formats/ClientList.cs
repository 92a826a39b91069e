using WhoSaw.Intake.Enrichment;

namespace WhoSaw.Intake.Formats;

/// <summary>A client field that holds more than one address, as proxies write it.</summary>
internal static class ClientList
{
    private static ReadOnlySpan<byte> Separators => ", \""u8;

    /// <summary>
    /// Sets client from a slice of the line. Of several, the first public address is the client, or the first when none
    /// is public; the whole list becomes <see cref="LineField.Forwarded"/>.
    /// </summary>
    public static void Set(LineFields fields, ReadOnlySpan<byte> line, int start, int length)
    {
        var text = line.Slice(start, length);
        if (text.IndexOfAny(Separators) < 0)
        {
            if (length > 0 && !(length == 1 && text[0] == '-'))
                fields.SetSlice(LineField.Client, start, length);
            return;
        }
        fields.SetSlice(LineField.Forwarded, start, length);
        var (from, size) = Choose(text);
        fields.SetSlice(LineField.Client, start + from, size);
    }

    /// <summary>The same from the field itself, which may be in scratch.</summary>
    public static void Tidy(LineFields fields, ReadOnlySpan<byte> line, bool last)
    {
        var text = fields.Get(LineField.Client, line);
        if (text.IndexOf((byte)',') < 0)
            return;
        if (!fields.Has(LineField.Forwarded))
            fields.SetText(LineField.Forwarded, text);
        text = fields.Get(LineField.Client, line);
        var (from, size) = last ? Last(text) : Choose(text);
        if (size > 0)
            fields.SetText(LineField.Client, text.Slice(from, size));
        else
            fields.Remove(LineField.Client);
    }

    public static (int Start, int Length) Choose(ReadOnlySpan<byte> list)
    {
        var first = (0, 0);
        // a list of thousands is an attack on us: the first few dozen decide
        for (int at = 0, seen = 0; at < list.Length && seen < 32;)
        {
            var size = list[at..].IndexOfAny(Separators);
            if (size < 0)
                size = list.Length - at;
            var one = list.Slice(at, size);
            if (size > 0 && !(size == 1 && one[0] == '-'))
            {
                seen++;
                if (first.Item2 == 0)
                    first = (at, size);
                if (AddressText.IsPublic(one))
                    return (at, size);
            }
            at += size + 1;
        }
        return first;
    }

    private static (int Start, int Length) Last(ReadOnlySpan<byte> list)
    {
        var end = list.Length;
        while (end > 0 && Separators.IndexOf(list[end - 1]) >= 0)
            end--;
        var from = list[..end].LastIndexOfAny(Separators) + 1;
        return (from, end - from);
    }
}
