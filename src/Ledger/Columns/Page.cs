namespace WhoSaw.Ledger;

/// <summary>A page in a <see cref="PageBuffer"/>: its levels, if it has any, lie before its values.</summary>
/// <param name="Values">Nulls are counted.</param>
internal readonly record struct Page(PageKind Kind, PageEncoding Encoding, int Values)
{
    public int Levels { get; init; } = -1;
    public int Start { get; init; }
    public int End { get; init; }

    public bool HasDictionaryNumbers => Encoding is PageEncoding.Dictionary or PageEncoding.PlainDictionary;

    /// <summary>Of a dictionary: its values lie one behind the other.</summary>
    public bool IsPlainDictionary => Encoding is PageEncoding.Plain or PageEncoding.PlainDictionary;

    /// <summary>
    /// Marks the rows that have a value with 1 and the others with 0; how many have one. A column that is never null
    /// has no levels, and nothing is marked.
    /// </summary>
    public int ReadLevels(ReadOnlySpan<byte> bytes, Span<byte> present)
    {
        present = present[..Values];
        if (Levels < 0)
            return Values;
        if (Values > 0)
            BitRuns.Read(bytes[Levels..Start], 1, present);
        return present.Contains((byte)0) ? present.Count((byte)1) : Values;
    }
}
