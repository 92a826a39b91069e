using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Sorts records into days and days into segments. Full buffers are encoded on one background task, in the order in
/// which they filled, so the files do not depend on its pace.
/// </summary>
internal sealed class SegmentStore(Staging staging, Catalog catalog, LedgerOptions options)
{
    private readonly SegmentWriter _writer = new(staging, options.RowGroupRows);
    private readonly Dictionary<int, RowBuffer> _days = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<SegmentEntry> _written = [];
    private readonly Stack<RowBuffer> _free = new();
    private readonly int[] _rows = new int[AccessBatch.Capacity];
    private Task<SegmentEntry>? _encoding;
    private RowBuffer? _encoded;
    private long _buffered;

    /// <summary>Says which numbers of a day are taken.</summary>
    public void Taken(string segmentName)
    {
        var folder = segmentName[..segmentName.LastIndexOf('/')];
        var number = LedgerLayout.NumberOf(segmentName);
        _numbers[folder] = Math.Max(number, _numbers.GetValueOrDefault(folder));
    }

    public void Append(AccessBatch batch)
    {
        var kept = 0;
        var day = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            if (!batch.Kind[row].IsKept())
                continue;
            var rowDay = batch.Time[row].DayNumber;
            if (rowDay != day && kept > 0)
            {
                Add(batch, _rows.AsSpan(0, kept), day);
                kept = 0;
            }
            day = rowDay;
            _rows[kept++] = row;
        }
        if (kept > 0)
            Add(batch, _rows.AsSpan(0, kept), day);
    }

    /// <summary>Writes what is buffered, and waits; the segments since the last call, by name.</summary>
    public List<SegmentEntry> Flush()
    {
        foreach (var day in _days.Keys.Order().ToList())
            Seal(day);
        Await();
        var written = _written.OrderBy(segment => segment.Name, StringComparer.Ordinal).ToList();
        _written.Clear();
        return written;
    }

    /// <summary>Waits for the background task without asking how it went: its files are about to be removed.</summary>
    public void Abandon()
    {
        if (_encoding is not null)
            Task.WhenAny(_encoding).GetAwaiter().GetResult();
        _encoding = null;
        _days.Clear();
    }

    private void Add(AccessBatch batch, ReadOnlySpan<int> rows, int day)
    {
        while (rows.Length > 0)
        {
            if (!_days.TryGetValue(day, out var buffer))
            {
                buffer = _free.TryPop(out var free) ? free : new RowBuffer();
                buffer.Clear();
                buffer.Day = day;
                _days[day] = buffer;
            }
            var take = Math.Min(rows.Length, options.SegmentRows - buffer.Count);
            buffer.Add(batch, rows[..take], options.SegmentRows);
            rows = rows[take..];
            _buffered += take;
            if (buffer.Count == options.SegmentRows)
                Seal(day);
            else if (_buffered >= options.SegmentRows + (long)options.SegmentRows / 2)
                Seal(_days.Values.OrderByDescending(each => each.Count).ThenBy(each => each.Day).First().Day);
        }
    }

    private void Seal(int day)
    {
        _days.Remove(day, out var buffer);
        _buffered -= buffer!.Count;
        Await();
        var folder = SegmentPath.Of(day, 0);
        folder = folder[..folder.LastIndexOf('/')];
        var number = _numbers[folder] = _numbers.GetValueOrDefault(folder) + 1;
        var (names, name) = (new SegmentNames(catalog), SegmentPath.Of(day, number));
        _encoded = buffer;
        _encoding = Task.Run(() => _writer.Write(buffer, names, name));
    }

    private void Await()
    {
        if (_encoding is null)
            return;
        var encoding = _encoding;
        _encoding = null;
        _written.Add(encoding.GetAwaiter().GetResult());
        if (_free.Count == 0)
            _free.Push(_encoded!);
        _encoded = null;
    }
}
