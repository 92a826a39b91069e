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
[JsonDerivedType(typeof(OriginalKept), "original-kept")]
[JsonDerivedType(typeof(SourceRead), "source-read")]
[JsonDerivedType(typeof(SourceChanged), "source-changed")]
[JsonDerivedType(typeof(NumbersMissing), "numbers-missing")]
[JsonDerivedType(typeof(ClockSkewed), "clock-skewed")]
[JsonDerivedType(typeof(OperationConfigured), "operation-configured")]
[JsonDerivedType(typeof(FindingRaised), "finding-raised")]
[JsonDerivedType(typeof(Committed), "committed")]
[JsonDerivedType(typeof(HoldPlaced), "hold-placed")]
[JsonDerivedType(typeof(HoldReleased), "hold-released")]
[JsonDerivedType(typeof(SegmentRemoved), "segment-removed")]
[JsonDerivedType(typeof(FileRemoved), "file-removed")]
[JsonDerivedType(typeof(FileRewritten), "file-rewritten")]
[JsonDerivedType(typeof(SegmentsCompacted), "segments-compacted")]
[JsonDerivedType(typeof(PersonErased), "person-erased")]
[JsonDerivedType(typeof(PolicySet), "policy-set")]
[JsonDerivedType(typeof(KeyChanged), "key-changed")]
[JsonDerivedType(typeof(CheckpointStamped), "checkpoint-stamped")]
[JsonDerivedType(typeof(ScopeIssued), "scope-issued")]
[JsonDerivedType(typeof(PersonLookedUp), "person-looked-up")]
[JsonDerivedType(typeof(FindingExplained), "finding-explained")]
[JsonDerivedType(typeof(ExcerptMade), "excerpt-made")]
[JsonDerivedType(typeof(EvidenceExported), "evidence-exported")]
[JsonDerivedType(typeof(Decision), "decision")]
[JsonDerivedType(typeof(NoticeSent), "notice-sent")]
[JsonDerivedType(typeof(CaseEventRecorded), "case-event")]
public record JournalEntry
{
    /// <summary>
    /// When, by the host's clock; absent in a scan of the past, so that two scans give the same bytes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventTime? Time { get; init; }

    /// <summary>The files that count from this entry on, with their digests.</summary>
    internal virtual IEnumerable<(string Name, string Sha256)> NewFiles => [];
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
    internal override IEnumerable<(string, string)> NewFiles => [(Name, Sha256)];

    internal SegmentEntry ToSegment() =>
        new(Name, Sha256, Rows, First, Last) { Size = Size, Sources = Sources };
}

/// <summary>What the streams logged minute by minute: the totals of a commit.</summary>
/// <param name="Lines">Of all rows together.</param>
/// <param name="From">The first minute with a line.</param>
/// <param name="To">The end of the last one.</param>
public sealed record CoverageAdded(
    int Commit, string Name, string Sha256, long Size, long Rows, long Lines, EventTime? From, EventTime? To)
    : JournalEntry
{
    internal override IEnumerable<(string, string)> NewFiles => [(Name, Sha256)];
}

/// <summary>A file other than a segment counts from here on.</summary>
/// <param name="Kind">What it holds; the folder or the beginning of its name.</param>
public sealed record FileAdded(int Commit, FileKind Kind, string Name, string Sha256, long Size, long Rows)
    : JournalEntry
{
    internal override IEnumerable<(string, string)> NewFiles => [(Name, Sha256)];
}

/// <summary>The kinds of files beside segments and totals.</summary>
public enum FileKind
{
    Rejects, Dictionary, Accounts, People, Findings, Originals, Timestamps,
}

/// <summary>
/// A log was read, to its end or as far as a watch had taken it. The properties are those of <see cref="SourceEntry"/>.
/// </summary>
public sealed record SourceRead(
    int Commit, string Source, string Stream, string File, long Size, string Sha256, long Lines, long Records,
    long Rejects, long Blank, EventTime? First, EventTime? Last, bool Truncated) : JournalEntry
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Framing { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Head { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Decompressed { get; init; }

    internal static SourceRead Of(int commit, SourceEntry source) => new(
        commit, source.Source, source.Stream, source.File, source.Size, source.Sha256, source.Lines, source.Records,
        source.Rejects, source.Blank, source.First, source.Last, source.Truncated)
    {
        Framing = source.Framing,
        Head = source.Head,
        Decompressed = source.IsDecompressed,
    };

    internal SourceEntry ToSource() => new(
        Source, Stream, File, Size, Sha256, Lines, Records, Rejects, Blank, First, Last, Truncated)
    {
        Framing = Framing,
        Head = Head,
        IsDecompressed = Decompressed,
    };
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
public sealed record Committed(int Commit) : JournalEntry
{
    /// <summary>
    /// SHA-256 of the state with which detection goes on after this commit; absent where there is none. The state is
    /// no evidence: this only tells the one that fits from one that does not.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }
}

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
    EventTime? NewFirst, EventTime? NewLast) : JournalEntry
{
    internal override IEnumerable<(string, string)> NewFiles =>
        NewName is { } name && NewSha256 is { } digest ? [(name, digest)] : [];
}

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

/// <summary>
/// Something happened in an incident's case, or was found out there (docs/formats/case.md; keep in sync). The entry's
/// <see cref="JournalEntry.Time"/> is when it was recorded, <paramref name="At"/> when it happened.
/// </summary>
/// <param name="Case">C1, C2, … in the order of their opening.</param>
/// <param name="Number">From 1 on, without a hole, within the case.</param>
/// <param name="Kind">Such as <c>illegal-access-known</c>; unknown kinds are kept and shown as they are.</param>
/// <param name="By">The person who acted, decided or came to know.</param>
/// <param name="Evidence">Each <c>finding:F1</c>, <c>sha256:…</c> or <c>reference:…</c>.</param>
public sealed record CaseEventRecorded(
    string Case, int Number, string Kind, EventTime At, string By, IReadOnlyList<string> Evidence) : JournalEntry
{
    /// <summary>The version of a scope or a notice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Version { get; init; }

    /// <summary>The duties that it serves, by their ids in the laws.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Duties { get; init; }

    /// <summary>Facts that duties depend on, as stated at this moment; a later statement replaces an earlier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    /// <summary>In the person's own words; no personal data of those affected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>True in an exercise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Drill { get; init; }
}
