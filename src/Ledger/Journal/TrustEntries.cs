using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Another key signs from here on; the one that signed until here says so.</summary>
/// <param name="Key">The new one, as a verifier key of C2SP signed notes.</param>
/// <param name="Root">Over the entries before this one, in base64.</param>
/// <param name="Signature">Of the key until here, over <see cref="KeyChain.Statement"/>, in base64.</param>
public sealed record KeyChanged(string Key, string Root, string Signature, string Reason, string By) : JournalEntry;

/// <summary>An authority said that a checkpoint existed at a time (RFC 3161).</summary>
/// <param name="Entries">How many entries the checkpoint counts.</param>
/// <param name="Checkpoint">The stamped checkpoint, a file of the ledger.</param>
/// <param name="Token">The time stamp, a file of the ledger.</param>
/// <param name="Authority">The name in the certificate that signed it.</param>
/// <param name="Stamped">The time that it says.</param>
public sealed record CheckpointStamped(
    long Entries, FileName Checkpoint, FileName Token, string Authority, EventTime Stamped, string By) : JournalEntry
{
    internal override IEnumerable<(string, string)> NewFiles =>
        [(Checkpoint.Name, Checkpoint.Sha256), (Token.Name, Token.Sha256)];
}

/// <summary>A file as an entry names it.</summary>
/// <param name="Size">In bytes.</param>
public sealed record FileName(string Name, string Sha256, long Size);

/// <summary>A stream numbers its lines or requests, and numbers are missing: so are their lines.</summary>
/// <param name="Missing">How many, all together.</param>
/// <param name="Holes">The largest of them.</param>
public sealed record NumbersMissing(
    int Commit, string Source, string Stream, long Missing, IReadOnlyList<NumberHole> Holes) : JournalEntry;

/// <summary>Numbers that are not there, between two lines that are.</summary>
/// <param name="From">Time of the line before.</param>
/// <param name="To">Time of the line after.</param>
public sealed record NumberHole(long First, long Last, EventTime From, EventTime To);

/// <summary>The same requests bear different times in two streams.</summary>
/// <param name="Milliseconds">By how much the other stream's clock is ahead: the median.</param>
/// <param name="Requests">How many requests were seen in both.</param>
public sealed record ClockSkewed(
    int Commit, string Source, string Stream, string OtherSource, string OtherStream, long Milliseconds,
    long Requests) : JournalEntry;
