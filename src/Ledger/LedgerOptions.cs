namespace WhoSaw.Ledger;

/// <summary>How segments are cut. Both change the files' bytes, never what they say.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// At most that many records in a segment; also what bounds the memory (about 100 bytes a record).
    /// </summary>
    public int SegmentRows { get; init; } = 1 << 17;

    /// <summary>Records in a row group: what a reader can skip by its smallest and largest value.</summary>
    public int RowGroupRows { get; init; } = 1 << 17;
}
