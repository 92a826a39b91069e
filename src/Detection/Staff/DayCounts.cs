namespace WhoSaw.Detection.Staff;

/// <summary>How much somebody read on each of his latest days, and how much that usually is.</summary>
internal sealed class DayCounts
{
    /// <summary>What is longer ago is forgotten.</summary>
    public const int Remembered = 60;

    // One day is no habit, and the median of few may be far below what is.
    private const int LeastDays = 2;
    private const int LeastForMedian = 5;

    private readonly SortedList<int, int> _days = [];

    /// <summary>The days on which there was anything, in order.</summary>
    public IEnumerable<int> Days => _days.Keys;

    /// <summary>0 on a day without anything.</summary>
    public int this[int day] => _days.GetValueOrDefault(day);

    /// <summary>Of two counts of one day the higher one stands.</summary>
    public void Set(int day, int count)
    {
        _days[day] = Math.Max(count, this[day]);
        while (_days.GetKeyAtIndex(0) <= _days.GetKeyAtIndex(_days.Count - 1) - Remembered)
            _days.RemoveAt(0);
    }

    /// <summary>
    /// The median of the days before a day, the upper one; of fewer than five the most; 0 where there are too few.
    /// </summary>
    /// <param name="except">Days that say nothing of what is usual.</param>
    public int Usual(int before, IReadOnlySet<int>? except = null)
    {
        var counts = Before(before, except).Order().ToList();
        return counts.Count < LeastDays ? 0 : counts[counts.Count < LeastForMedian ? ^1 : counts.Count / 2];
    }

    /// <summary>The most of any day before a day; 0 where there is none.</summary>
    public int Most(int before, IReadOnlySet<int>? except = null) => Before(before, except).DefaultIfEmpty().Max();

    private IEnumerable<int> Before(int before, IReadOnlySet<int>? except) =>
        _days.Where(day => day.Key < before && day.Key >= before - Remembered && except?.Contains(day.Key) != true)
            .Select(day => day.Value);

    public DayCounts Copy()
    {
        var copy = new DayCounts();
        foreach (var (day, count) in _days)
            copy._days.Add(day, count);
        return copy;
    }

    public void Save(BinaryWriter state)
    {
        state.Write7BitEncodedInt(_days.Count);
        foreach (var (day, count) in _days)
        {
            state.Write(day);
            state.Write(count);
        }
    }

    public static DayCounts Restore(BinaryReader state)
    {
        var counts = new DayCounts();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            counts._days.Add(state.ReadInt32(), state.ReadInt32());
        return counts;
    }
}
