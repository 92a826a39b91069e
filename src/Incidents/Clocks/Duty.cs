using NodaTime;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Clocks;

/// <summary>Something that a law wants done when data got out.</summary>
public sealed class Duty
{
    public required string Id { get; init; }
    public required string Jurisdiction { get; init; }
    public required Bilingual JurisdictionName { get; init; }
    public required Bilingual What { get; init; }
    public required Bilingual To { get; init; }
    public required Addressee Addressee { get; init; }
    public required DateTimeZone Zone { get; init; }

    /// <summary>What nobody verified of the law as a whole, a sentence each.</summary>
    public required IReadOnlyList<string> NotVerified { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<DutyVersion> Versions { get; init; }
    internal WorkingDays Holidays { get; init; } = WorkingDays.None;

    /// <summary>The rule of the day; null when there was none.</summary>
    public DutyVersion? On(LocalDate day) => Versions.LastOrDefault(
        version => version.InForce <= day && (version.Until is not { } end || day < end));
}

/// <summary>A duty as it stood from one day to another.</summary>
public sealed class DutyVersion
{
    /// <summary>Null where the day is not set.</summary>
    public required LocalDate? InForce { get; init; }

    /// <summary>The first day on which it is no longer so; null while it is.</summary>
    public required LocalDate? Until { get; init; }

    /// <summary>Article and paragraph.</summary>
    public required string Clause { get; init; }

    /// <summary>Where it was read.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>P: the law's text was read; S: a secondary source; U: from general knowledge; I: inferred.</summary>
    public required string Grade { get; init; }

    /// <summary>What nobody verified, a sentence each.</summary>
    public required IReadOnlyList<string> Unverified { get; init; }

    /// <summary>The events from which the law counts; the earliest of them.</summary>
    public required IReadOnlyList<CaseEventKind> Starts { get; init; }

    /// <summary>Counts from the sending of the notice of another duty.</summary>
    public required string? StartsWithNotice { get; init; }

    /// <summary>Earlier events from which a careful company counts.</summary>
    public required IReadOnlyList<CaseEventKind> CautiousFrom { get; init; }

    /// <summary>A clock for each such event after the first notice of <see cref="AfterNotice"/>.</summary>
    public required IReadOnlyList<CaseEventKind> Each { get; init; }
    public required string? AfterNotice { get; init; }
    public required Deadline Deadline { get; init; }

    /// <summary>Events that meet it; a notice that was sent where there are none.</summary>
    public required IReadOnlyList<CaseEventKind> MetBy { get; init; }

    /// <summary>Events after which nothing is due any more.</summary>
    public required IReadOnlyList<CaseEventKind> EndsOn { get; init; }

    /// <summary>The duty whose start, before this one is due, takes its place.</summary>
    public required string? ReplacedBy { get; init; }

    /// <summary>What the notice must say, by the names of docs/formats/laws.md.</summary>
    public required IReadOnlyList<string> Contents { get; init; }

    /// <summary>Those of <see cref="Contents"/> that may be unknown at first.</summary>
    public required IReadOnlyList<string> UnknownAllowed { get; init; }
    public required Bilingual? Remark { get; init; }
    internal Condition Applies { get; init; } = Condition.Always;
}
