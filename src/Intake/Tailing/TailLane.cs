using System.Buffers;
using System.Collections.Concurrent;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>One file's rows in the order of its lines, waiting for those of other files.</summary>
internal sealed class TailLane(TailedFile file, BlockParser parser, ConcurrentBag<RecordBlock> spare)
{
    // Always allowed: a merge must have something to do.
    private const int LeastBlocks = 4;

    private readonly Queue<TailBlock> _blocks = new();
    private TailBlock? _read;
    private long _bytes;

    public TailedFile File => file;
    public bool IsIssuer { get; } = file.Source.Kind == SourceKind.Issuer;

    /// <summary>Rows of equal time come in the order of ranks.</summary>
    public int Rank { get; set; }

    /// <summary>No row before this time is expected.</summary>
    public EventTime Reached { get; private set; } = EventTime.Earliest;
    public bool HasRow => _blocks.Count > 0;
    public bool HasBlocks => _blocks.Count > 0 || _read is not null;
    public ref readonly AccessRecord Row => ref Front.Rows.Rows[Front.Next];
    public DateTimeOffset Arrived => Front.Arrived;

    /// <summary>How many bytes of lines may wait here for those of other files.</summary>
    public long Room { get; set; }
    public bool WantsBlock => _read is null && (_blocks.Count < LeastBlocks || _bytes < Room);
    private TailBlock Front => _blocks.Peek();

    /// <summary>When the file was last looked at and had no further line.</summary>
    public DateTimeOffset EmptyAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Reads and parses the next lines; may run beside other lanes, not beside the merge.</summary>
    public bool Read(DateTimeOffset now, TailOptions options)
    {
        if (!WantsBlock)
            return false;
        if (file.Next(now, options) is not { } lines)
        {
            EmptyAt = now;
            return false;
        }
        _read = new TailBlock { Lines = lines, Rows = Parse(lines), Arrived = now };
        return true;
    }

    /// <summary>Takes what was read into the merge.</summary>
    public void Admit(Intaken into)
    {
        if (_read is not { } block)
            return;
        _read = null;
        into.Renumber(file.Input, block.Rows);
        if (block.Rows.Last > Reached)
            Reached = block.Rows.Last;
        _blocks.Enqueue(block);
        _bytes += block.Lines.Length;
        Retire(into);
    }

    /// <summary>The row was handed on; true when its line had no other.</summary>
    public bool Advance(Intaken into)
    {
        var front = Front;
        var offset = front.Rows.Rows[front.Next++].Offset;
        var isLineDone = front.IsDone || front.Rows.Rows[front.Next].Offset != offset;
        if (front.IsDone)
            Retire(into);
        return isLineDone;
    }

    /// <summary>
    /// Counts every line whose rows were handed on, and no other: the position of the file is then exact.
    /// </summary>
    public void Settle(Intaken into)
    {
        Retire(into);
        if (_blocks.Count == 0 || Front.Next == 0 || Front.Cut() is not (> 0 and var cut))
            return;
        var front = Front;
        var before = Part(front.Lines, 0, cut, front.Lines.Directive);
        var directive = Directives.Last(before.Bytes, parser.Format.DirectivePrefix) ?? front.Lines.Directive;
        var after = Part(front.Lines, cut, front.Lines.Length - cut, directive);
        _bytes -= cut;
        Count(before, Parse(before), into);
        spare.Add(front.Rows);
        ArrayPool<byte>.Shared.Return(front.Lines.Buffer);
        var rest = new TailBlock { Lines = after, Rows = Parse(after), Arrived = front.Arrived };
        into.Renumber(file.Input, rest.Rows);
        var behind = _blocks.Skip(1).ToList();
        _blocks.Clear();
        _blocks.Enqueue(rest);
        foreach (var block in behind)
            _blocks.Enqueue(block);
        Retire(into);
    }

    private static LineBlock Part(LineBlock lines, int start, int length, byte[] directive)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        lines.Bytes.Slice(start, length).CopyTo(buffer);
        return new LineBlock
        {
            Buffer = buffer,
            Length = length,
            Offset = lines.Offset + start,
            Directive = directive,
            Framing = lines.Framing,
        };
    }

    private void Retire(Intaken into)
    {
        while (_blocks.Count > 0 && Front.IsDone)
        {
            var block = _blocks.Dequeue();
            _bytes -= block.Lines.Length;
            Count(block.Lines, block.Rows, into);
            file.Pending--;
        }
    }

    private void Count(LineBlock lines, RecordBlock rows, Intaken into)
    {
        into.Take(file.Input, file.Tally, rows);
        file.Take(lines, lines.Bytes);
        ArrayPool<byte>.Shared.Return(lines.Buffer);
        spare.Add(rows);
    }

    /// <summary>The parser gives its buffer back, and the bytes are wanted until they count: it gets a copy.</summary>
    private RecordBlock Parse(LineBlock lines)
    {
        var rows = spare.TryTake(out var used) ? used : new RecordBlock();
        var copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, lines.Length));
        lines.Bytes.CopyTo(copy);
        parser.Parse(
            new LineBlock
            {
                Buffer = copy,
                Length = lines.Length,
                Offset = lines.Offset,
                Directive = lines.Directive,
                TooLongLine = lines.TooLongLine,
                Framing = lines.Framing,
            },
            rows);
        return rows;
    }
}
