using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Merging;

/// <summary>
/// One file on its way into the merge: blocks are read and parsed ahead by workers, taken in order by the merging
/// thread, and their rows put in order of time as far as the allowed disorder goes.
/// </summary>
internal sealed class Lane(InputFile file, BlockSource source, long shift, EventTime start)
{
    private readonly Queue<Task<RecordBlock?>> _pending = new();
    private Task<LineBlock?> _lastRead = Task.FromResult<LineBlock?>(null);
    private LogReader? _reader;
    private AccessRecord[] _rows = [];

    // What the rows are merged into with the next block; then they change places.
    private AccessRecord[] _spare = [];
    private int _next;
    private int _end;

    // Rows before this time may go: no later block is expected to hold an earlier one.
    private EventTime _limit = start;
    private EventTime _sent = EventTime.Earliest;

    public InputFile File { get; } = file;
    public FileTally Tally => _reader?.Tally ?? Unread;
    private FileTally Unread { get; } = new();
    public bool IsEnded { get; private set; }
    public bool IsOpen { get; private set; }
    public long StoredCount => _reader?.StoredCount ?? 0;

    /// <summary>
    /// Where the lane stands in the merge: no row of it goes before this time, shifted by its lookahead.
    /// </summary>
    public EventTime Key => Shifted(_next < _end && _rows[_next].Time < _limit ? _rows[_next].Time : _limit);

    public bool HasRow => _next < _end && (_rows[_next].Time < _limit || IsEnded);

    public ref readonly AccessRecord Row => ref _rows[_next];

    private EventTime Shifted(EventTime time) =>
        time == EventTime.Latest || time == EventTime.Earliest ? time : time.Plus(shift);

    public void Advance()
    {
        if (_rows[_next].Time < _sent)
            Tally.Late++;
        else
            _sent = _rows[_next].Time;
        _next++;
    }

    /// <summary>
    /// Opens the file and starts to read ahead; a file that cannot be opened is ended, and its tally says why.
    /// </summary>
    public void Open(int depth)
    {
        if (!IsOpen)
        {
            IsOpen = true;
            try
            {
                _reader = source.Open(File);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Unread.Fault = fault.Message;
                End();
                return;
            }
        }
        while (!IsEnded && _pending.Count < depth)
        {
            _lastRead = source.Read(_reader!, _lastRead);
            _pending.Enqueue(source.Parse(_lastRead));
        }
    }

    /// <summary>Takes the next block into the merge.</summary>
    public void Refill(int depth, Intaken into)
    {
        Open(depth);
        if (IsEnded)
            return;
        var block = _pending.Dequeue().GetAwaiter().GetResult();
        if (block is null)
        {
            // The reads ahead found the end too.
            while (_pending.TryDequeue(out var ahead))
                ahead.GetAwaiter().GetResult();
            _reader!.Dispose();
            End();
            return;
        }
        Open(depth);
        into.Take(File, Tally, block);
        if (!into.Renumber(File, block))
            into.Sort(block);
        Merge(block);
        if (block.First != EventTime.Latest && block.First.Plus(-source.Disorder) > _limit)
            _limit = block.First.Plus(-source.Disorder);
        source.Return(block);
    }

    public void Close()
    {
        _reader?.Dispose();
        (_rows, _spare, _next, _end) = ([], [], 0, 0);
    }

    private void End()
    {
        IsEnded = true;
        _limit = EventTime.Latest;
    }

    private void Merge(RecordBlock block)
    {
        ReadOnlySpan<AccessRecord> added = block.Rows.AsSpan(0, block.Count);
        ReadOnlySpan<AccessRecord> left = _rows.AsSpan(_next.._end);
        var count = left.Length + added.Length;
        if (_spare.Length < count)
            _spare = new AccessRecord[count + count / 4];
        var at = 0;
        while (!left.IsEmpty && !added.IsEmpty)
        {
            // Mostly all of what is left goes before all that is new.
            var run = 0;
            if (left[0].Time <= added[0].Time)
            {
                while (run < left.Length && left[run].Time <= added[0].Time)
                    run++;
                left[..run].CopyTo(_spare.AsSpan(at));
                left = left[run..];
            }
            else
            {
                while (run < added.Length && added[run].Time < left[0].Time)
                    run++;
                added[..run].CopyTo(_spare.AsSpan(at));
                added = added[run..];
            }
            at += run;
        }
        left.CopyTo(_spare.AsSpan(at));
        added.CopyTo(_spare.AsSpan(at + left.Length));
        (_rows, _spare) = (_spare, _rows);
        _next = 0;
        _end = count;
    }
}
