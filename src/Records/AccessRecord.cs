namespace WhoSaw.Records;

/// <summary>One row while it is on its way: what <see cref="AccessBatch"/> holds in columns.</summary>
public struct AccessRecord
{
    public EventTime Time;
    public long Offset;
    public int File;
    public short Stream;

    /// <summary>Index into <see cref="Catalog.Operations"/>; -1 where the request shows nobody's data.</summary>
    public short Operation;
    public RecordKind Kind;
    public Outcome Outcome;

    /// <summary>HTTP status; 0 when the log has none.</summary>
    public short Status;

    /// <summary>Keyed fingerprint of the session or token; 0 when there is none.</summary>
    public ulong Credential;
    public SubjectId Account;
    public SubjectId Subject;

    /// <summary>Bytes sent; -1 when the log has none.</summary>
    public long Bytes;

    /// <summary>Rows that a database gave; 0 when the log has none. No people: one person may have many.</summary>
    public long Rows;

    /// <summary>When the credential expires, for <see cref="RecordKind.Issued"/>; latest when not said.</summary>
    public EventTime Expires;
    public Symbol Client;
    public Symbol Agent;
    public Symbol Key;
    public Symbol Principal;
    public Symbol Method;

    /// <summary>
    /// The path's template, of large answers and of the first call of a script in a block; the place of a sighting.
    /// </summary>
    public Symbol Target;

    /// <summary>The request id as UTF-8; not interned, for it is different on every line.</summary>
    public ReadOnlyMemory<byte> Request;
    public Trait Traits;
}
