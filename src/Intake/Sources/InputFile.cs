using WhoSaw.Intake.Formats;
using WhoSaw.Records;

namespace WhoSaw.Intake.Sources;

/// <summary>
/// One file to read, as the plan of a run names it. <paramref name="Index"/> is its number in the catalog.
/// </summary>
/// <param name="Path">Absolute, or <c>-</c> for standard input.</param>
/// <param name="Display">As configured; what people and the ledger see.</param>
/// <param name="Skip">Bytes at the start, decompressed, that an earlier run has read: the file has grown
/// since.</param>
public sealed record InputFile(int Index, string Path, string Display, int Stream, SourceOptions Source, long Skip = 0)
{
    public const string StandardInput = "-";
}

/// <summary>What became of a file: read = parsed + rejected + blank, byte for byte and line for line.</summary>
public sealed class FileTally
{
    /// <summary>Bytes as stored, compressed where the file is; known at its end.</summary>
    public long Size { get; internal set; }

    /// <summary>Lower-case hexadecimal SHA-256 of the stored bytes; empty until the end was reached.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Bytes after decompression.</summary>
    public long BytesRead { get; internal set; }
    public long BytesParsed { get; internal set; }
    public long BytesRejected { get; internal set; }

    /// <summary>Blank lines, directives and comments, with their line ends.</summary>
    public long BytesBlank { get; internal set; }
    public long Lines { get; internal set; }
    public long Records { get; internal set; }
    public long Rejects { get; internal set; }
    public long Blank { get; internal set; }
    public EventTime? First { get; internal set; }
    public EventTime? Last { get; internal set; }

    /// <summary>Rows that came more than the allowed disorder behind their file's time.</summary>
    public long Late { get; internal set; }

    /// <summary>
    /// People whom single requests named beyond what one request may give: they are counted and not recorded.
    /// </summary>
    public long SubjectsLeft { get; internal set; }

    /// <summary>Why the file could not be read to its end; null when it was.</summary>
    public string? Fault { get; internal set; }
}

/// <summary>A run of whole lines of one file, in a rented buffer.</summary>
internal sealed class LineBlock
{
    public required byte[] Buffer { get; set; }
    public int Length { get; set; }

    /// <summary>Where the block starts in the decompressed file.</summary>
    public long Offset { get; set; }

    /// <summary>The directive line that is in force at the block's first line.</summary>
    public byte[] Directive { get; init; } = [];

    /// <summary>
    /// Set when the block is the kept beginning of a line that is too long; the line's length with its end.
    /// </summary>
    public long TooLongLine { get; set; }
    public Framing Framing { get; init; }

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
}
