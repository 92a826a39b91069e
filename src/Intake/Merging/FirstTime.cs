using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Merging;

/// <summary>When a file begins, by its first lines: the merge opens files in this order.</summary>
internal static class FirstTime
{
    private const int Looked = 64 * 1024;

    /// <summary>
    /// The time of the first record less the disorder; earliest when the file does not say, cannot be opened (that
    /// shows when it is read) or cannot be read twice.
    /// </summary>
    public static EventTime Peek(InputFile file, BlockSource source, long disorder)
    {
        if (file.Path == InputFile.StandardInput)
            return EventTime.Earliest;
        var buffer = new byte[Looked];
        int length;
        try
        {
            length = source.Head(file, buffer);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException || SourceStreams.FaultOf(fault) is not null)
        {
            return EventTime.Earliest;
        }
        var rest = buffer.AsSpan(0, length);
        var (format, fields) = (source.CreateFormat(), new LineFields());
        format.BeginBlock(default);
        while (RecordCutter.TryNext(rest, format.Framing, final: true, out var start, out var size, out var consumed))
        {
            fields.Clear();
            if (format.Parse(rest.Slice(start, size), fields) == RejectReason.None)
                return fields.Time.Plus(-disorder);
            rest = rest[consumed..];
        }
        return EventTime.Earliest;
    }
}
