using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Where to go on in a file that has grown since it was read. A writer may have been in the middle of a line then: what
/// did not read as a record is read again, whole; what did is recorded and is passed over.
/// </summary>
internal static class GrownFile
{
    /// <param name="read">How many bytes the file had when it was read.</param>
    public static long Continuation(string path, SourceOptions source, long read)
    {
        var length = (int)Math.Min(read, RecordLines.MaximumLine);
        var tail = new byte[length];
        using (var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete))
            length = RandomAccess.Read(file, tail, read - length);
        var line = tail.AsSpan(0, length);
        line = line[(line.LastIndexOf((byte)'\n') + 1)..];
        if (line.IsEmpty || line.Length == RecordLines.MaximumLine)
            return read;
        var format = FormatCatalog.Create(new FormatOptions(source.Format, source.Fields, source.Zone))!;
        format.BeginBlock(default);
        var isRecord = format.Parse(line.TrimEnd((byte)'\r'), new LineFields()) == RejectReason.None;
        return isRecord ? read : read - line.Length;
    }
}
