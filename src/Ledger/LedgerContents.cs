using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>A segment as the log of the ledger names it. <paramref name="Name"/> is relative to the ledger.</summary>
public sealed record SegmentEntry(string Name, string Sha256, long Rows, EventTime First, EventTime Last);

/// <summary>A file that was read to its end, by its digest; read = parsed + rejected + blank.</summary>
/// <param name="Size">Bytes as stored (compressed where it is).</param>
/// <param name="First">Event time of its first line; null when no line had one.</param>
public sealed record SourceEntry(
    string Source, string Stream, string File, long Size, string Sha256,
    long Lines, long Records, long Rejects, long Blank, EventTime? First, EventTime? Last, bool Truncated);

/// <summary>An operation as it was configured when records were kept under its name.</summary>
public sealed record OperationEntry(string Name, string Fields, int Others);

/// <summary>
/// What a ledger holds, as of its last commit: everything a reader may look at. Names are relative to
/// <paramref name="Directory"/>.
/// </summary>
/// <param name="Totals">Parquet: source, stream, minute, operation, outcome, lines, bytes.</param>
/// <param name="Dictionaries">Parquet: number, id; the ids behind negative subject numbers.</param>
/// <param name="Accounts">Parquet: account, status; the newest; null when none was configured.</param>
/// <param name="People">Parquet: account, person, position (0 is the holder); the newest; null when none was
/// configured.</param>
/// <param name="Findings">All findings in the order of their ids.</param>
public sealed record LedgerContents(
    string Directory,
    IReadOnlyList<SegmentEntry> Segments,
    IReadOnlyList<string> Totals,
    IReadOnlyList<string> Dictionaries,
    string? Accounts,
    string? People,
    IReadOnlyList<OperationEntry> Operations,
    IReadOnlyList<SourceEntry> Sources,
    IReadOnlyList<Finding> Findings)
{
    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>
    /// What the ledger held at its last commit; may be called while a writer is at work. Throws
    /// <see cref="LedgerException"/> when the directory is not a ledger, was written by a newer version, is corrupt, or
    /// lacks a file that a commit names.
    /// </summary>
    public static LedgerContents Read(string directory) => CommitLog.Load(directory).ToContents();
}
