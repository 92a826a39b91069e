using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Where to go on in a file that has grown since it was read. A writer may have been in the middle of a line then: what
/// did not read as a record is read again, whole; what did is recorded and is passed over.
/// </summary>
internal static class GrownFile
{
    /// <param name="read">How many bytes the file had when it was read; decompressed, where it is compressed
    /// now.</param>
    public static long Continuation(string path, bool isCompressed, SourceOptions source, long read)
    {
        var last = Before(path, isCompressed, read);
        var line = last.AsSpan()[(last.AsSpan().LastIndexOf((byte)'\n') + 1)..];
        if (line.IsEmpty || line.Length == RecordLines.MaximumLine)
            return read;
        var format = FormatCatalog.Create(new FormatOptions(source.Format, source.Fields, source.Zone))!;
        format.BeginBlock(default);
        var isRecord = format.Parse(line.TrimEnd((byte)'\r'), new LineFields()) == RejectReason.None;
        return isRecord ? read : read - line.Length;
    }

    /// <summary>The bytes before an offset, as many as a line may have.</summary>
    private static byte[] Before(string path, bool isCompressed, long offset)
    {
        var last = new byte[Math.Min(offset, RecordLines.MaximumLine)];
        using var log = isCompressed ? SourceStreams.OpenDecompressed(path) : SourceStreams.Open(path);
        if (!isCompressed)
            log.Seek(offset - last.Length, SeekOrigin.Begin);
        var piece = new byte[1 << 17];
        for (var left = isCompressed ? offset - last.Length : 0; left > 0;)
            left -= log.ReadAtLeast(piece.AsSpan(0, (int)Math.Min(piece.Length, left)), 1);
        log.ReadExactly(last);
        return last;
    }
}
