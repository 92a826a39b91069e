namespace WhoSaw.Records;

public enum Severity : byte
{
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>What a finding is about.</summary>
public enum FindingKind : byte
{
    /// <summary>Somebody read people's data.</summary>
    Access,

    /// <summary>Who holds keys, and whether they should.</summary>
    Custody,

    /// <summary>The logs cannot show something.</summary>
    Coverage,

    /// <summary>Personal data lies where it should not.</summary>
    Spill,
}

/// <summary>One reason of a finding with the comparison that makes it one.</summary>
public sealed record Evidence(string What, string Here, string Elsewhere);

/// <summary>What a detector says. Counts of accounts and views come from the scope, never from the detector.</summary>
public sealed record Finding
{
    /// <summary>F1, F2, … in the order in which they were raised; empty until the findings are joined.</summary>
    public string Id { get; init; } = "";
    public required FindingKind Kind { get; init; }
    public required string Detector { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>The event time at which it would have been raised live.</summary>
    public required EventTime Raised { get; init; }
    public required EventTime First { get; init; }
    public required EventTime Last { get; init; }
    public required string Title { get; init; }

    /// <summary>A sentence for people, in English.</summary>
    public required string Why { get; init; }
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>
    /// What ties the records together: client, network, agent, key, credential, account or principal.
    /// </summary>
    public required string ActorKind { get; init; }
    public required string ActorValue { get; init; }

    /// <summary>The predicate that picks its records, over the columns of a segment; empty when it has none.</summary>
    public required string Where { get; init; }

    /// <summary>MITRE ATT&amp;CK technique.</summary>
    public string Technique { get; init; } = "";

    /// <summary>Why it no longer stands, as half a sentence; null while it does.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>A few of its records, as file and offset.</summary>
    public IReadOnlyList<RecordLocation> Samples { get; init; } = [];
}

/// <summary>Where a record's line is: byte offset within the decompressed file.</summary>
public sealed record RecordLocation(string File, long Offset);
