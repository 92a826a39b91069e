using System.Collections.Concurrent;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// All exposures of a scan, in memory, in parts by account, so that threads seldom wait for each other.
/// </summary>
internal sealed class ExposureParts
{
    public const int Number = 1 << Bits;
    public const int Bits = 9;
    private readonly ExposurePart[] _parts;
    private readonly PendingRows[] _pending;
    private readonly ConcurrentStack<ShownRow[]> _pool = new();
    private readonly long _limit;

    /// <param name="limit">Bytes that the exposures may take.</param>
    public ExposureParts(IReadOnlySet<long> decoys, ScanTime times, long limit)
    {
        _limit = limit;
        Times = times;
        Pairs = new ShownPairs(times.MostPairs);
        _pending = [.. Enumerable.Range(0, Number).Select(_ => new PendingRows(_pool))];
        _parts = [.. Enumerable.Range(0, Number).Select(_ => new ExposurePart(decoys, times))];
    }

    public ScanTime Times { get; }
    public ShownPairs Pairs { get; }
    public IReadOnlyList<ExposurePart> All => _parts;

    public static int PartOf(long subject) => (int)(CellStore.Mix(subject) >> (64 - Bits));

    /// <summary>Takes rows, days in order. True when <see cref="CountFull"/> has something to do.</summary>
    /// <remarks>
    /// As many rows as the part has accounts are counted at once: each of its cells comes from far only once then.
    /// </remarks>
    public bool Add(int part, ReadOnlySpan<ShownRow> rows) =>
        !rows.IsEmpty && _pending[part].Add(rows) > _parts[part].Cells.Heads;

    /// <summary>Counts the blocks of waiting rows that are full, unless another thread is at this part.</summary>
    public void CountFull(int part)
    {
        if (!Monitor.TryEnter(_parts[part]))
            return;
        try
        {
            Count(part, all: false);
        }
        finally
        {
            Monitor.Exit(_parts[part]);
        }
    }

    /// <summary>Counts what is left.</summary>
    public void CountRest(int part)
    {
        lock (_parts[part])
            Count(part, all: true);
    }

    private void Count(int part, bool all)
    {
        while (_pending[part].TryTake(all, out var rows, out var count))
        {
            _parts[part].Apply(rows.AsSpan(0, count));
            _pool.Push(rows);
        }
    }

    public void AddTries(int part, Outcome outcome, ReadOnlySpan<long> subjects)
    {
        var tried = outcome == Outcome.Refused ? _parts[part].Refused : _parts[part].Absent;
        if (subjects.IsEmpty)
            return;
        lock (_parts[part])
            tried.Add(subjects);
    }

    /// <summary>
    /// Whether others have to count. Roughly, as to memory, while threads are at work.
    /// </summary>
    public bool IsTooLarge() =>
        Pairs.IsTooMany || _parts.Sum(part => part.Bytes) + _pending.Sum(rows => rows.Bytes) > _limit
        || _parts.Any(part => part.Cells.Count > CellStore.Many);

    public DayTally Day(int day) => new()
    {
        Accounts = _parts.Sum(part => part.Days[day].Accounts),
        NewAccounts = _parts.Sum(part => part.Days[day].NewAccounts),
        Views = _parts.Sum(part => part.Days[day].Views),
    };
}
