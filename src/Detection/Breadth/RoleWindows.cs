using System.Runtime.InteropServices;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// What the hours, days, months or years of one role looked like: how often a reader saw how many people, and the
/// windows above the floor.
/// </summary>
internal sealed class RoleWindows
{
    private readonly Dictionary<int, long> _histogram = [];
    private readonly List<(Reader Reader, WindowCount Window)> _above = [];

    public IReadOnlyList<(Reader Reader, WindowCount Window)> Above => _above;

    public void Add(Reader reader, WindowCount window, int floor)
    {
        Count(window.Count, 1);
        if (window.Count > floor)
            _above.Add((reader, window));
    }

    /// <summary>Windows with so many people came, or (below zero) turned out to have more.</summary>
    public void Count(int people, int windows) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_histogram, people, out _) += windows;

    /// <summary>The same with windows that are still open.</summary>
    public RoleWindows With(IEnumerable<(Reader Reader, WindowCount Window)> open, int floor)
    {
        var all = new RoleWindows();
        foreach (var (people, windows) in _histogram)
            all._histogram[people] = windows;
        all._above.AddRange(_above);
        foreach (var (reader, window) in open)
            all.Add(reader, window, floor);
        return all;
    }

    /// <summary>
    /// More people than this are too many: the larger of the floor and the median plus so many robust deviations of the
    /// logarithm. With fewer windows than <paramref name="population"/> there is nothing to compare with: null.
    /// </summary>
    public double? Threshold(
        int floor, double deviations, double leastSpread, long population, out double median)
    {
        var windows = _histogram.Values.Sum();
        var middle = MedianOf(_histogram.Select(bin => (Math.Log(bin.Key), bin.Value)), windows);
        median = Math.Exp(middle);
        if (windows < population)
            return null;
        var spread = 1.4826 * MedianOf(
            _histogram.Select(bin => (Math.Abs(Math.Log(bin.Key) - middle), bin.Value)), windows);
        return Math.Max(floor, Math.Exp(middle + deviations * Math.Max(spread, leastSpread)));
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write7BitEncodedInt(_histogram.Count);
        foreach (var (people, windows) in _histogram.OrderBy(bin => bin.Key))
        {
            state.Write(people);
            state.Write(windows);
        }
        state.Write7BitEncodedInt(_above.Count);
        foreach (var (reader, window) in _above)
        {
            reader.Save(state, catalog);
            window.Save(state);
        }
    }

    public static RoleWindows Restore(BinaryReader state, Catalog catalog)
    {
        var role = new RoleWindows();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            role._histogram[state.ReadInt32()] = state.ReadInt64();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            role._above.Add((Reader.Restore(state, catalog), WindowCount.Restore(state)));
        return role;
    }

    private static double MedianOf(IEnumerable<(double Value, long Count)> bins, long total)
    {
        long passed = 0;
        foreach (var (value, count) in bins.OrderBy(bin => bin.Value))
        {
            passed += count;
            if (count > 0 && passed * 2 >= total)
                return value;
        }
        return 0;
    }
}
