namespace WhoSaw.Intake.Tailing;

/// <summary>
/// How far one generation of a log has been taken: the bytes before <paramref name="Offset"/> are recorded, none after.
/// No content of the log is in it.
/// </summary>
/// <param name="Display">As its name was last.</param>
/// <param name="File">The name in the records: the first name, and the mark.</param>
/// <param name="Offset">In the decompressed file; always where a line begins.</param>
/// <param name="Before">SHA-256 of the <paramref name="BeforeLength"/> bytes before the offset.</param>
/// <param name="IsFinished">Nobody is expected to add to it.</param>
public sealed record TailPosition(
    string Source, string Stream, string Display, string Path, string File, string Mark, FileIdentity? Identity,
    long Offset, string Before, int BeforeLength, bool IsFinished);

/// <summary>What was taken of a file since the last time it was asked for.</summary>
/// <param name="Mark">Of its first line.</param>
/// <param name="Size">
/// The bytes that were taken from its start on, decompressed; of a compressed file at its end all, as stored.
/// </param>
/// <param name="Sha256">Of these.</param>
/// <param name="IsDecompressed">A compressed file that is not at its end: the bytes are those inside.</param>
public sealed record TailReading(
    string Source, string Stream, string Display, string Mark, long Size, string Sha256, bool IsDecompressed,
    Sources.FileTally Tally);

/// <summary>How far a stream is behind, for those who watch the watch.</summary>
/// <param name="Last">Event time of the newest line; null when none had one.</param>
/// <param name="Arrived">When a line came last, by the clock; null when none did.</param>
/// <param name="BytesBehind">Bytes that are there and not taken yet.</param>
public sealed record StreamLag(
    string Source, string Stream, int Index, Records.EventTime? Last, DateTimeOffset? Arrived, long BytesBehind,
    long Lines, long Records, long Rejects);
