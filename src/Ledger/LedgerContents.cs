using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>A segment as the log of the ledger names it. <paramref name="Name"/> is relative to the ledger.</summary>
public sealed record SegmentEntry(string Name, string Sha256, long Rows, EventTime First, EventTime Last)
{
    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>The sources whose records it holds.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A file of the ledger other than a segment. <paramref name="Name"/> is relative to the ledger.</summary>
/// <param name="Size">In bytes.</param>
public sealed record FileStamp(string Name, string Sha256, long Size, long Rows);

/// <summary>
/// An order that nothing be removed whose time lies in it. Bounds and source are null where it is for all.
/// </summary>
/// <param name="To">Exclusive.</param>
public sealed record Hold(
    string Id, EventTime? From, EventTime? To, string? Source, string Reason, string By, EventTime? Placed)
{
    /// <summary>True when a file of these sources and of this time may not be removed.</summary>
    public bool Covers(EventTime first, EventTime last, IReadOnlyCollection<string> sources) =>
        (From is not { } from || last >= from) && (To is not { } to || first < to)
        && (Source is null || sources.Count == 0 || sources.Contains(Source));
}

/// <summary>The head of the journal: which log, how many entries, the root over them.</summary>
/// <param name="Root">Standard base64.</param>
public sealed record LedgerHead(string Origin, long Size, string Root);

/// <summary>
/// A file that was read, by the digest of what was read of it; read = parsed + rejected + blank.
/// </summary>
/// <param name="Size">Bytes as stored (compressed where it is), unless <see cref="IsDecompressed"/>.</param>
/// <param name="First">Event time of its first line; null when no line had one.</param>
public sealed record SourceEntry(
    string Source, string Stream, string File, long Size, string Sha256,
    long Lines, long Records, long Rejects, long Blank, EventTime? First, EventTime? Last, bool Truncated)
{
    /// <summary>How records end, where not at a line end; null where they do.</summary>
    public string? Framing { get; init; }

    /// <summary>
    /// The mark of its first line, by which it is looked for under another name or compressed; null where it had no
    /// whole line, or was read before marks were kept.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>
    /// Size and digest are of the bytes inside a compressed file that had been taken when a commit was made.
    /// </summary>
    public bool IsDecompressed { get; init; }
}

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
/// <param name="Findings">All findings that stand, in the order of their ids.</param>
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
    /// <summary>Findings that a watch raised and that no longer stand; <c>Findings</c> has none of them.</summary>
    public IReadOnlyList<Finding> Withdrawn { get; init; } = [];

    /// <summary>The holds that hold.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>The head of the journal that this was read from; null where nothing was read.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>True when looking at people's data needs a reason.</summary>
    public bool RequiresReason { get; init; }

    /// <summary>Segments that were removed by a rule: how many, and how many records they held.</summary>
    public (int Segments, long Records) Removed { get; init; }

    /// <summary>How many commits there were.</summary>
    public int Commits { get; init; }

    /// <summary>
    /// SHA-256 of the state with which detection goes on after the last scan; null where it kept none.
    /// </summary>
    public string? DetectionState { get; init; }

    /// <summary>Logs were read after that state: by a watch that has not ended.</summary>
    public bool IsDetectionBehind { get; init; }

    /// <summary>The logs that are kept as they were read; see <see cref="KeptLogs"/>.</summary>
    public IReadOnlyList<OriginalKept> Originals { get; init; } = [];

    /// <summary>Numbers of lines or requests that are missing from streams that count them.</summary>
    public IReadOnlyList<NumbersMissing> NumbersMissing { get; init; } = [];

    /// <summary>How far clocks of streams are apart, as each commit found.</summary>
    public IReadOnlyList<ClockSkewed> ClockSkews { get; init; } = [];

    /// <summary>What later runs found of logs that had been read: the latest for each.</summary>
    public IReadOnlyList<SourceChanged> SourceChanges { get; init; } = [];

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>
    /// What the ledger held at its last commit; may be called while a writer is at work. Throws
    /// <see cref="LedgerException"/> when the directory is not a ledger, was written by a newer version, is corrupt, or
    /// lacks a file that a commit names.
    /// </summary>
    public static LedgerContents Read(string directory) => Journal.Load(directory).ToContents();
}
