namespace WhoSaw.Intake.Formats;

/// <summary>Why a line is not a record. The names, in words, go to the rejects and to the page.</summary>
public enum RejectReason : byte
{
    None,

    /// <summary>Not a record and not a fault: a comment or a <c>#Fields</c> line.</summary>
    Directive,
    Malformed,
    NoTime,
    BadTime,
    BadNumber,
    NoRequest,
    NotJson,
    TooLong,
    Binary,
    UnknownFields,
}

public enum Framing : byte
{
    /// <summary>A record ends at a line feed (a carriage return before it is dropped).</summary>
    Lines,

    /// <summary>One JSON document with an array of records (CloudTrail files); also plain JSON lines.</summary>
    JsonArray,

    /// <summary>A record ends at a line feed outside double quotes (PostgreSQL csvlog).</summary>
    QuotedLines,
}

/// <summary>
/// Reads the lines of one kind of log. To add one: write a class of this kind in a file of its own, register it in
/// <c>FormatCatalog</c>, add a folder of golden cases. An instance serves one worker and may cache.
/// </summary>
public abstract class LineFormat
{
    public abstract string Name { get; }

    public virtual Framing Framing => Framing.Lines;

    /// <summary>Lines with this prefix change how the following lines read; empty when there are none.</summary>
    public virtual ReadOnlySpan<byte> DirectivePrefix => default;

    /// <summary>
    /// Called before the lines of a block with the directive line that is in force there, or an empty span.
    /// </summary>
    public virtual void BeginBlock(ReadOnlySpan<byte> directive)
    {
    }

    /// <summary>
    /// Reads one line (without its line end) into <paramref name="fields"/>, which the caller has cleared. Never throws
    /// for any bytes. <see cref="RejectReason.None"/> when it is a record; it then has a time.
    /// </summary>
    public abstract RejectReason Parse(ReadOnlySpan<byte> line, LineFields fields);
}
