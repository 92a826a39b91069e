using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// Lines on their way into the merge, with their bytes: should a commit fall between two of them, those before it are
/// counted with it and the others with the next.
/// </summary>
internal sealed class TailBlock
{
    public required LineBlock Lines { get; init; }
    public required RecordBlock Rows { get; set; }
    public required DateTimeOffset Arrived { get; init; }
    public int Next { get; set; }
    public bool IsDone => Next == Rows.Count;

    /// <summary>
    /// Where the line of the next row begins, from the start of the block; its length when there is none.
    /// </summary>
    public int Cut()
    {
        if (IsDone)
            return Lines.Length;
        var (at, wanted) = (0, Rows.Rows[Next].Offset - Lines.Offset);
        var bytes = Lines.Bytes;
        while (Formats.RecordCutter.TryNext(
            bytes[at..], Lines.Framing, final: true, out var start, out _, out var consumed)
            && at + start < wanted)
            at += consumed;
        return at;
    }
}
