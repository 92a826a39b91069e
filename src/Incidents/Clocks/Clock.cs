using NodaTime;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Clocks;

/// <summary>How a clock stands.</summary>
public enum ClockState
{
    /// <summary>Due at a time that has not come.</summary>
    Running,

    /// <summary>By the law's words it has not begun; by the earliest sign it would be due then.</summary>
    Planned,

    /// <summary>Due, not sent.</summary>
    Overdue,

    /// <summary>Sent in time.</summary>
    Met,

    /// <summary>Sent too late.</summary>
    MetLate,

    /// <summary>What begins it has not happened.</summary>
    NotStarted,

    /// <summary>Not due: the conditions are not met.</summary>
    NotApplying,

    /// <summary>Something that happened ended it, or another duty took its place.</summary>
    Ended,

    /// <summary>A person decided, with a reason on record, that it does not apply.</summary>
    Exempted,
}

/// <summary>One way to read from when a period runs.</summary>
/// <param name="Latest">The end of the range, where a guideline names one.</param>
public sealed record ClockReading(CaseEvent Start, DueTime Due, DueTime? Latest)
{
    /// <summary>The last moment that is in time.</summary>
    public Instant Limit => (Latest ?? Due).At;
}

/// <summary>A duty in a case: what is due, to whom, by when, why, and how it stands.</summary>
public sealed record Clock
{
    public required Duty Duty { get; init; }
    public required DutyVersion Rule { get; init; }

    /// <summary>The event that a supplement answers; null for a duty that exists once.</summary>
    public CaseEvent? Of { get; init; }
    public required Answer Applies { get; init; }

    /// <summary>From the earliest event that the law names; null while there is none.</summary>
    public ClockReading? ByLaw { get; init; }

    /// <summary>
    /// From the earliest sign of all; the same as <see cref="ByLaw"/> where no sign was earlier.
    /// </summary>
    public ClockReading? ByFirstSign { get; init; }

    /// <summary>The sending that met it.</summary>
    public CaseEvent? Met { get; init; }

    /// <summary>What ended or excused it.</summary>
    public CaseEvent? EndedBy { get; init; }
    public required ClockState State { get; init; }
    public required Instant Now { get; init; }

    /// <summary>Required contents that cannot be written yet, by name.</summary>
    public IReadOnlyList<string> MissingContents { get; init; } = [];

    /// <summary>For a posting: the days on which nobody has shown that it was up.</summary>
    public IReadOnlyList<LocalDate> UnseenDays { get; init; } = [];

    /// <summary>When the period could not be counted: why, a sentence.</summary>
    public string? Fault { get; init; }

    /// <summary>
    /// By how much it was, or is by now, late; null when it is not. Never for a duty without a number.
    /// </summary>
    public Duration? LateBy(ClockReading? reading)
    {
        if (reading is null || Rule.Deadline.Kind is DeadlineKind.AtOnce or DeadlineKind.KeepDays
            || State is not (ClockState.MetLate or ClockState.Overdue or ClockState.Met or ClockState.Planned
                or ClockState.Running))
            return null;
        var late = (Met is null ? Now : LegalTime.InstantOf(Met.At)) - reading.Limit;
        return late > Duration.Zero ? late : null;
    }

    /// <summary>The moment that counts when clocks are put in order: the earliest that is known.</summary>
    public Instant Order => ByFirstSign?.Due.At ?? ByLaw?.Due.At ?? Instant.MaxValue;
}

internal static class LegalTime
{
    private const long TicksPerMicrosecond = NodaConstants.TicksPerMillisecond / 1000;

    public static Instant InstantOf(Records.EventTime time) =>
        Instant.FromUnixTimeTicks(time.Microseconds * TicksPerMicrosecond);

    public static Records.EventTime TimeOf(Instant instant) =>
        new(instant.ToUnixTimeTicks() / TicksPerMicrosecond);
}
