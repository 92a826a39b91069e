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

    /// <summary>At most that many records in a segment that compaction makes; bounds its memory likewise.</summary>
    public int CompactedRows { get; init; } = 1 << 19;

    /// <summary>
    /// Signs the heads of the journal. Null: the key file in the user's configuration folder, which is made when a
    /// ledger is created and none is there.
    /// </summary>
    public ILedgerSigner? Signer { get; init; }

    /// <summary>How long to wait for another process that is just adding to the journal.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    internal ILedgerSigner SignerFor(bool isNew) => Signer ?? (isNew
        ? SigningKeyFile.LoadOrCreate(SigningKeyFile.DefaultPath)
        : SigningKeyFile.Load(SigningKeyFile.DefaultPath));
}
