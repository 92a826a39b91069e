using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// One access record as the ledger keeps it. An absent text is null, an absent account <see cref="SubjectId.None"/>.
/// </summary>
public sealed record RecordRow
{
    public required EventTime Time { get; init; }
    public required string Source { get; init; }
    public required string Stream { get; init; }
    public required string File { get; init; }
    public required long Offset { get; init; }
    public string? Request { get; init; }
    public string? Client { get; init; }
    public string? Network { get; init; }
    public string? Agent { get; init; }

    /// <summary>The keyed fingerprint; null when there was none.</summary>
    public ulong? Credential { get; init; }
    public string? Key { get; init; }
    public string? Principal { get; init; }
    public SubjectId Account { get; init; } = SubjectId.None;
    public SubjectId Subject { get; init; } = SubjectId.None;
    public string? Operation { get; init; }

    /// <summary>Categories joined by commas; empty where the operation shows nothing.</summary>
    public string Fields { get; init; } = "";
    public string? Method { get; init; }
    public int? Status { get; init; }
    public long? Bytes { get; init; }
    public Outcome Outcome { get; init; }
    public Trait Traits { get; init; }
}
