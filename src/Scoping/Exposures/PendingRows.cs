using System.Collections.Concurrent;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Rows of one part that wait to be counted, in the order of their days. Counting many of one part at once finds the
/// part's accounts near in memory.
/// </summary>
internal sealed class PendingRows(ConcurrentStack<ShownRow[]> pool)
{
    private const int MostRows = 1 << 11;
    private readonly Queue<(ShownRow[] Rows, int Count)> _full = new();
    private readonly Lock _gate = new();
    private ShownRow[] _rows = [];
    private int _count;

    public long Bytes => (_rows.Length + (long)_full.Count * MostRows) * 16;

    /// <summary>How many rows lie in full blocks now.</summary>
    public int Add(ReadOnlySpan<ShownRow> rows)
    {
        lock (_gate)
        {
            while (rows.Length > 0)
            {
                var taken = Math.Min(rows.Length, MostRows - _count);
                if (_rows.Length == 0)
                    _rows = pool.TryPop(out var free) ? free
                        : GC.AllocateUninitializedArray<ShownRow>(MostRows, pinned: true);
                rows[..taken].CopyTo(_rows.AsSpan(_count));
                _count += taken;
                rows = rows[taken..];
                if (_count == MostRows)
                    Close();
            }
            return _full.Count * MostRows;
        }
    }

    /// <summary>The next to be counted; with <paramref name="all"/> also what is not full.</summary>
    public bool TryTake(bool all, out ShownRow[] rows, out int count)
    {
        lock (_gate)
        {
            if (all && _full.Count == 0 && _count > 0)
                Close();
            var any = _full.TryDequeue(out var next);
            (rows, count) = next;
            return any;
        }
    }

    private void Close()
    {
        _full.Enqueue((_rows, _count));
        (_rows, _count) = ([], 0);
    }
}
