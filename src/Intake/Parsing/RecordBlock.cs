using WhoSaw.Intake.Formats;
using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// What a block of lines gave: rows whose symbols and non-integer ids are numbers of <see cref="Symbols"/>, totals, and
/// the lines that did not parse. Reused; one owner at a time.
/// </summary>
internal sealed class RecordBlock
{
    private const int KeptChunk = 64 * 1024;

    private readonly List<(long Offset, RejectReason Reason, int Start, int Length)> _rejected = [];
    private byte[] _rejectedBytes = [];
    private int _rejectedUsed;

    // Never overwritten: rows that left the block still read it.
    private byte[] _kept = [];
    private int _keptUsed;

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

    /// <summary>People whom requests named beyond what one request may give.</summary>
    public long SubjectsLeft { get; set; }
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
        Lines = Records = Blank = BytesParsed = BytesRejected = BytesBlank = SubjectsLeft = 0;
        First = EventTime.Latest;
        Last = EventTime.Earliest;
        _rejected.Clear();
        _rejectedUsed = 0;
    }

    public void RemoveRows() => Count = 0;

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

    /// <summary>A copy that lives as long as the rows which hold it.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> text)
    {
        if (_keptUsed + text.Length > _kept.Length)
            (_kept, _keptUsed) = (new byte[Math.Max(KeptChunk, text.Length)], 0);
        text.CopyTo(_kept.AsSpan(_keptUsed));
        _keptUsed += text.Length;
        return _kept.AsMemory(_keptUsed - text.Length, text.Length);
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
            Array.Resize(
                ref _rejectedBytes, Math.Max(Math.Max(4096, _rejectedBytes.Length * 2), _rejectedUsed + line.Length));
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
