namespace WhoSaw.Ledger;

/// <summary>How to verify a ledger.</summary>
public sealed record VerificationOptions
{
    /// <summary>
    /// The key that is trusted, as text; null takes the one that the ledger names itself, which proves that nothing was
    /// changed by someone without that key, not whose key it is.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>An older checkpoint that was kept elsewhere: the journal must be a continuation of it.</summary>
    public byte[]? Against { get; init; }

    /// <summary>
    /// The certificate of the authority whose time stamps are trusted, or of the one that issued that (PEM or DER);
    /// null says what each stamp says, and by whom.
    /// </summary>
    public byte[]? Authority { get; init; }

    /// <summary>
    /// Digests, tree, signature and nothing more: what the files say is not read. They are then the ones that were
    /// recorded; whether they were right when they were recorded is not asked.
    /// </summary>
    public bool DigestsOnly { get; init; }

    /// <summary>Files that are hashed at the same time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Called now and then, from several threads: bytes done, bytes in all.</summary>
    public Action<long, long>? Progress { get; init; }
}

/// <summary>Something that is not as the journal says.</summary>
/// <param name="Entry">
/// The number of the entry that is concerned, counted from 0: what stands before it is not doubted by this.
/// </param>
public sealed record LedgerFault(string What, long? Entry = null)
{
    public override string ToString() => Entry is { } entry ? $"{What} (entry {entry})" : What;
}

/// <summary>What verifying found.</summary>
/// <param name="Remarks">Worth knowing, no fault.</param>
/// <param name="Key">The key against which the signature was held.</param>
/// <param name="Bytes">Of the files that were hashed.</param>
public sealed record VerificationReport(
    LedgerHead? Head, string Key, bool KeyIsTrusted, int Files, long Bytes, long Records,
    IReadOnlyList<LedgerFault> Faults, IReadOnlyList<string> Remarks)
{
    /// <summary>What time stamps say that are right, each a sentence.</summary>
    public IReadOnlyList<string> Stamps { get; init; } = [];

    public bool IsSound => Faults.Count == 0;

    /// <summary>The first entry that is in doubt; null when none is, or the whole is.</summary>
    public long? SoundUpTo => Faults.Any(fault => fault.Entry is null) ? null : Faults.Min(fault => fault.Entry);
}
