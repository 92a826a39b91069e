using WhoSaw.Intake.Places;
using WhoSaw.Intake.Tables;
using WhoSaw.Records;

namespace WhoSaw.Intake;

/// <summary>How logs are read.</summary>
public sealed record IntakeOptions
{
    /// <summary>How many files and blocks are worked on at once; changes the speed and nothing else.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Keep every line as a record, not only those that touch personal data.</summary>
    public bool KeepAll { get; init; }

    /// <summary>The tables of databases that show personal data; their operations follow those of the routes.</summary>
    public IReadOnlyList<TableOptions> Tables { get; init; } = [];

    /// <summary>
    /// What is known of addresses; null for nothing. Asked on the merging thread, and not disposed of.
    /// </summary>
    public AddressPlaces? Places { get; init; }

    /// <summary>Lines before this time are read and passed over.</summary>
    public EventTime From { get; init; } = EventTime.Earliest;

    /// <summary>Lines at or after this time are read and passed over.</summary>
    public EventTime To { get; init; } = EventTime.Latest;

    /// <summary>How far, in microseconds, lines of one file may be out of order and still be put in order.</summary>
    public long Disorder { get; init; } = EventTime.Minute;

    /// <summary>
    /// How far issuer records run ahead of the access records that they explain, in microseconds: an issuer record that
    /// carries a later time than the first use of its credential, or came late, is known by then.
    /// </summary>
    public long IssuerLookahead { get; init; } = EventTime.Day;
}
