using System.Text.Json.Serialization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// A log is kept as it was read, so that its lines can be shown when it is gone; or, of a plain log that has grown,
/// what was read since.
/// </summary>
/// <param name="Name"><c>originals/DIGEST.zst</c>, by the digest of what is kept of the log.</param>
/// <param name="Sha256">Of the file in the ledger; that of the log is in <paramref name="Name"/>.</param>
/// <param name="LogSize">Of what is kept, in bytes, as the log was stored.</param>
public sealed record OriginalKept(
    int Commit, string Name, string Sha256, long Size, string Source, string Stream, string File, long LogSize,
    EventTime? First, EventTime? Last) : JournalEntry
{
    /// <summary>Bytes of the log before those that are kept here; earlier entries keep them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long From { get; init; }

    internal override IEnumerable<(string, string)> NewFiles => [(Name, Sha256)];
}

/// <summary>Many small segments of a day became one: the same records, and none else.</summary>
/// <param name="From">Those whose place it takes, in their order.</param>
public sealed record SegmentsCompacted(
    IReadOnlyList<SegmentName> From, string Name, string Sha256, long Size, long Rows, EventTime First,
    EventTime Last, IReadOnlyList<string> Sources, string By) : JournalEntry
{
    internal override IEnumerable<(string, string)> NewFiles => [(Name, Sha256)];

    internal SegmentEntry ToSegment() =>
        new(Name, Sha256, Rows, First, Last) { Size = Size, Sources = Sources };
}

/// <summary>A segment as another entry names it.</summary>
public sealed record SegmentName(string Name, string Sha256, long Rows);

/// <summary>Rows of files were written out for somebody; the files themselves stayed.</summary>
/// <param name="Where">SHA-256 of the words that say which rows; the words themselves may name a person.</param>
/// <param name="Last">False while another entry of the same excerpt follows.</param>
public sealed record ExcerptMade(
    string Where, IReadOnlyList<ExcerptPart> Parts, bool Last, string? Reason, string By) : JournalEntry;

/// <summary>Some rows of a file, in their order.</summary>
/// <param name="Name">In the bundle.</param>
/// <param name="Of">The file of the ledger.</param>
/// <param name="OfSha256">Its digest.</param>
public sealed record ExcerptPart(string Name, string Sha256, long Rows, string Of, string OfSha256);
