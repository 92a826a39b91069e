using WhoSaw.Intake.Formats;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// What a block of lines gave: rows whose symbols and non-integer ids are numbers of <see cref="Symbols"/>, totals, and the lines
/// that did not parse. Reused; one owner at a time.
/// </summary>
internal sealed class RecordBlock
{
    private readonly List<(long Offset, RejectReason Reason, int Start, int Length)> _rejected = [];
    private byte[] _rejectedBytes = [];
    private int _rejectedUsed;

    public AccessRecord[] Rows { get; private set; } = new AccessRecord[1024];
    public int Count { get; private set; }
    public LocalSymbols Symbols { get; } = new();
    public BlockTotals Totals { get; } = new();
    public long Lines { get; set; }
    public long Records { get; set; }
    public long Blank { get; set; }
    public long BytesParsed { get; set; }
    public long BytesRejected { get; set; }
    public long BytesBlank { get; set; }
    public EventTime First { get; private set; }
    public EventTime Last { get; private set; }
    public int Rejects => _rejected.Count;

    public void Clear()
    {
        // Rows hold the request ids of the block before.
        Array.Clear(Rows, 0, Count);
        Count = 0;
        Symbols.Clear();
        Totals.Clear();
        Lines = Records = Blank = BytesParsed = BytesRejected = BytesBlank = 0;
        First = EventTime.Latest;
        Last = EventTime.Earliest;
        _rejected.Clear();
        _rejectedUsed = 0;
    }

    /// <summary>A new row at the end, cleared.</summary>
    public ref AccessRecord Add()
    {
        if (Count == Rows.Length)
        {
            var rows = Rows;
            Array.Resize(ref rows, Count * 2);
            Rows = rows;
        }
        return ref Rows[Count++];
    }

    public void See(EventTime time)
    {
        if (time < First)
            First = time;
        if (time > Last)
            Last = time;
    }

    public void Reject(long offset, RejectReason reason, ReadOnlySpan<byte> line)
    {
        if (_rejectedUsed + line.Length > _rejectedBytes.Length)
            Array.Resize(ref _rejectedBytes, Math.Max(Math.Max(4096, _rejectedBytes.Length * 2), _rejectedUsed + line.Length));
        line.CopyTo(_rejectedBytes.AsSpan(_rejectedUsed));
        _rejected.Add((offset, reason, _rejectedUsed, line.Length));
        _rejectedUsed += line.Length;
    }

    public void ForEachReject(int file, RejectSink sink)
    {
        foreach (var (offset, reason, start, length) in _rejected)
            sink(file, offset, reason, _rejectedBytes.AsSpan(start, length));
    }
}

/// <summary>Takes a line that did not parse: its file's number, its offset, why, and its bytes.</summary>
public delegate void RejectSink(int file, long offset, RejectReason reason, ReadOnlySpan<byte> line);
