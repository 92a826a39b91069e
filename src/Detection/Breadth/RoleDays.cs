namespace WhoSaw.Detection.Breadth;

/// <summary>
/// What the days of one role looked like: how often an actor saw how many people, and the days above the floor.
/// </summary>
internal sealed class RoleDays(int floor)
{
    private readonly SortedDictionary<int, long> _histogram = [];
    private readonly List<(ulong Actor, int Day, PeopleSeen Seen)> _above = [];

    public IReadOnlyList<(ulong Actor, int Day, PeopleSeen Seen)> Above => _above;
    public int Floor => floor;

    public void Add(ulong actor, int day, PeopleSeen seen)
    {
        _histogram[seen.Count] = _histogram.GetValueOrDefault(seen.Count) + 1;
        if (seen.Count > floor)
            _above.Add((actor, day, seen));
    }

    /// <summary>
    /// More people than this in a day are too many: the larger of the floor and the median plus so many robust
    /// deviations of the logarithm. With fewer actor-days than <paramref name="population"/> there is nothing to
    /// compare with: null.
    /// </summary>
    public double? Threshold(double deviations, double leastSpread, long population, out double median)
    {
        var days = _histogram.Values.Sum();
        var middle = MedianOf(_histogram.Select(bin => (Math.Log(bin.Key), bin.Value)), days);
        median = Math.Exp(middle);
        if (days < population)
            return null;
        var spread = 1.4826 * MedianOf(
            _histogram.Select(bin => (Math.Abs(Math.Log(bin.Key) - middle), bin.Value))
                .OrderBy(bin => bin.Item1), days);
        return Math.Max(floor, Math.Exp(middle + deviations * Math.Max(spread, leastSpread)));
    }

    private static double MedianOf(IEnumerable<(double Value, long Count)> sorted, long total)
    {
        long passed = 0;
        foreach (var (value, count) in sorted)
        {
            passed += count;
            if (passed * 2 >= total)
                return value;
        }
        return 0;
    }
}
