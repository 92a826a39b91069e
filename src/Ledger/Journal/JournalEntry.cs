using System.Text.Json.Serialization;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// An accountable act, as the journal keeps it for ever (docs/formats/journal.md; keep in sync). No personal data in
/// an entry: names of files, digests, counts, and who acted, when and why. A kind that this version does not know is
/// read as a bare entry.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(LedgerCreated), "ledger-created")]
[JsonDerivedType(typeof(SegmentAdded), "segment-added")]
[JsonDerivedType(typeof(CoverageAdded), "coverage")]
[JsonDerivedType(typeof(FileAdded), "file-added")]
[JsonDerivedType(typeof(SourceRead), "source-read")]
[JsonDerivedType(typeof(SourceChanged), "source-changed")]
[JsonDerivedType(typeof(OperationConfigured), "operation-configured")]
[JsonDerivedType(typeof(FindingRaised), "finding-raised")]
[JsonDerivedType(typeof(Committed), "committed")]
[JsonDerivedType(typeof(HoldPlaced), "hold-placed")]
[JsonDerivedType(typeof(HoldReleased), "hold-released")]
[JsonDerivedType(typeof(SegmentRemoved), "segment-removed")]
[JsonDerivedType(typeof(FileRemoved), "file-removed")]
[JsonDerivedType(typeof(FileRewritten), "file-rewritten")]
[JsonDerivedType(typeof(PersonErased), "person-erased")]
[JsonDerivedType(typeof(PolicySet), "policy-set")]
[JsonDerivedType(typeof(ScopeIssued), "scope-issued")]
[JsonDerivedType(typeof(PersonLookedUp), "person-looked-up")]
[JsonDerivedType(typeof(FindingExplained), "finding-explained")]
[JsonDerivedType(typeof(EvidenceExported), "evidence-exported")]
[JsonDerivedType(typeof(Decision), "decision")]
[JsonDerivedType(typeof(NoticeSent), "notice-sent")]
public record JournalEntry
{
    /// <summary>
    /// When, by the host's clock; absent in a scan of the past, so that two scans give the same bytes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventTime? Time { get; init; }
}

/// <summary>The first entry of every ledger.</summary>
/// <param name="Key">The key that signs its checkpoints, as a verifier key of C2SP signed notes.</param>
public sealed record LedgerCreated(int Format, string Key) : JournalEntry;

/// <summary>A segment counts from here on.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sources">The sources whose records it holds.</param>
public sealed record SegmentAdded(
    int Commit, string Name, string Sha256, long Size, long Rows, EventTime First, EventTime Last,
    IReadOnlyList<string> Sources) : JournalEntry
{
    internal SegmentEntry ToSegment() =>
        new(Name, Sha256, Rows, First, Last) { Size = Size, Sources = Sources };
}

/// <summary>What the streams logged minute by minute: the totals of a commit.</summary>
/// <param name="Lines">Of all rows together.</param>
/// <param name="From">The first minute with a line.</param>
/// <param name="To">The end of the last one.</param>
public sealed record CoverageAdded(
    int Commit, string Name, string Sha256, long Size, long Rows, long Lines, EventTime? From, EventTime? To)
    : JournalEntry;

/// <summary>A file other than a segment counts from here on.</summary>
/// <param name="Kind">What it holds; the folder or the beginning of its name.</param>
public sealed record FileAdded(int Commit, FileKind Kind, string Name, string Sha256, long Size, long Rows)
    : JournalEntry;

/// <summary>The kinds of files beside segments and totals.</summary>
public enum FileKind
{
    Rejects, Dictionary, Accounts, People, Findings,
}

/// <summary>A log was read to its end. The properties are those of <see cref="SourceEntry"/>.</summary>
public sealed record SourceRead(
    int Commit, string Source, string Stream, string File, long Size, string Sha256, long Lines, long Records,
    long Rejects, long Blank, EventTime? First, EventTime? Last, bool Truncated) : JournalEntry
{
    internal static SourceRead Of(int commit, SourceEntry source) => new(
        commit, source.Source, source.Stream, source.File, source.Size, source.Sha256, source.Lines, source.Records,
        source.Rejects, source.Blank, source.First, source.Last, source.Truncated);

    internal SourceEntry ToSource() => new(
        Source, Stream, File, Size, Sha256, Lines, Records, Rejects, Blank, First, Last, Truncated);
}

/// <summary>A log that was read is no longer as it was.</summary>
/// <param name="How">What a later run found.</param>
/// <param name="Size">Its size now; absent where it is gone.</param>
public sealed record SourceChanged(string Source, string File, string Sha256, SourceChange How, long? Size)
    : JournalEntry;

/// <summary>What became of a log after it was read.</summary>
public enum SourceChange
{
    Vanished, Shrank, Changed,
}

/// <summary>How an operation was configured from this commit on.</summary>
public sealed record OperationConfigured(int Commit, string Name, string Fields, int Others) : JournalEntry;

/// <summary>A finding; its text lies in the findings file of the commit.</summary>
/// <param name="Sha256">Of its line there, without the line end.</param>
public sealed record FindingRaised(
    int Commit, string Id, string Kind, string Severity, EventTime Raised, string Sha256) : JournalEntry;

/// <summary>The last entry of a commit: all entries of that number count together.</summary>
public sealed record Committed(int Commit) : JournalEntry;

/// <summary>Nothing of that time may be removed. Bounds and source are absent where it holds for all.</summary>
/// <param name="To">Exclusive.</param>
public sealed record HoldPlaced(
    string Id, EventTime? From, EventTime? To, string? Source, string Reason, string By) : JournalEntry;

/// <summary>A hold no longer holds.</summary>
public sealed record HoldReleased(string Id, string Reason, string By) : JournalEntry;

/// <summary>A segment no longer counts, and its file is removed.</summary>
/// <param name="Rule">By which rule, such as <c>retention of 730 days</c>.</param>
public sealed record SegmentRemoved(string Name, string Sha256, long Rows, string Rule, string By) : JournalEntry;

/// <summary>The same for a file of rejected lines.</summary>
public sealed record FileRemoved(string Name, string Sha256, string Rule, string By) : JournalEntry;

/// <summary>A file took the place of another, in which less was left.</summary>
/// <param name="NewName">Absent, as all that follows, when nothing was left and there is no new file.</param>
public sealed record FileRewritten(
    string Name, string Sha256, string? NewName, string? NewSha256, long? NewSize, long? NewRows,
    EventTime? NewFirst, EventTime? NewLast) : JournalEntry;

/// <summary>One person was taken out of the files whose rewriting stands before this entry.</summary>
/// <param name="Person">A keyed fingerprint; whoever has the key can tell that this was the person.</param>
/// <param name="Records">How many were removed.</param>
public sealed record PersonErased(string Person, int Files, long Records, string Reason, string By) : JournalEntry;

/// <summary>A rule for those who use the ledger was turned on or off.</summary>
public sealed record PolicySet(string Policy, bool On, string By) : JournalEntry;

/// <summary>A scope was computed and handed out.</summary>
/// <param name="Sha256">Of the file; absent when only numbers were shown.</param>
public sealed record ScopeIssued(
    string? Sha256, IReadOnlyList<string> Findings, long Accounts, long Views, string? Reason, string By)
    : JournalEntry
{
    /// <summary>Scopes of a ledger are numbered from 1; absent in entries of before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Number { get; init; }

    /// <summary>SHA-256 of <c>scopes/0001.json</c>, which has the predicate and the segments.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Document { get; init; }

    /// <summary>SHA-256 of <c>scopes/0001.parquet</c>; absent when no exposures were handed out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rows { get; init; }
}

/// <summary>Somebody looked at who saw one person's data.</summary>
/// <param name="Person">A keyed fingerprint of the account's id.</param>
/// <param name="Records">How many were shown.</param>
public sealed record PersonLookedUp(string Person, long Records, string? Reason, string By) : JournalEntry;

/// <summary>Somebody looked at the records behind a finding.</summary>
public sealed record FindingExplained(string Finding, long Records, string? Reason, string By) : JournalEntry;

/// <summary>A bundle left the ledger.</summary>
/// <param name="Sha256">Of its manifest.</param>
public sealed record EvidenceExported(
    string Sha256, IReadOnlyList<string> Findings, int Segments, string? Reason, string By) : JournalEntry;

/// <summary>Somebody decided something in a case; the text lies with the case.</summary>
public sealed record Decision(string Case, string Sha256, string By) : JournalEntry;

/// <summary>A notice went out.</summary>
/// <param name="Kind">To whom: <c>regulator</c>, <c>people</c>.</param>
public sealed record NoticeSent(string Case, string Kind, string Sha256, long Recipients, string By) : JournalEntry;
