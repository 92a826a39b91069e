using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>
/// How far days in a role lie above what is usual for the same person on a day as busy, as logarithms; and how often
/// one such day follows another.
/// </summary>
internal sealed class OrdinaryDays(RoleDays role, double times)
{
    private readonly SortedDictionary<int, List<(Symbol Principal, double Excess)>> _days = [];

    public void Add(int day, Func<Symbol, int> usual)
    {
        if (_days.ContainsKey(day))
            return;
        var ratios = role.Ratios(day, usual);
        _days.Add(day, [.. ratios.Select((ratio, place) =>
            (ratio.Principal, Math.Log(ratio.Ratio / (RoleDays.Busy(ratios, place) ?? 1))))]);
    }

    /// <summary>
    /// The chance that an honest day lies so far above what is usual: beyond the upper quarter of others' days it falls
    /// exponentially, that is by a power of the count (Hill 1975). Null where there are too few of them.
    /// </summary>
    /// <param name="leastSpread">The mean excess is taken to be at least this.</param>
    public double? ChanceOf(double excess, Symbol without, int day, int leastDays, double leastSpread)
    {
        var others = Of(day).Where(entry => entry.Principal != without).Select(entry => entry.Excess).Order().ToList();
        if (others.Count < leastDays)
            return null;
        var from = others.Count * 3 / 4;
        var tail = others.Count - from;
        var mean = others.Skip(from).Sum(x => x - others[from]) / tail * (1 + 1 / Math.Sqrt(tail));
        return 0.25 * Math.Exp(-Math.Max(0, excess - others[from]) / Math.Max(mean, leastSpread));
    }

    /// <summary>
    /// The chance that after such a day the next one is such a day as well, by those of others; 0 where they had none.
    /// </summary>
    public double ChanceOfAnother(Symbol without, int day)
    {
        var (last, all, again) = (new Dictionary<Symbol, bool>(), 0, 0);
        foreach (var (principal, excess) in Of(day).Where(entry => entry.Principal != without))
        {
            var isHigh = excess > Math.Log(times);
            if (last.GetValueOrDefault(principal))
                (all, again) = (all + 1, again + (isHigh ? 1 : 0));
            last[principal] = isHigh;
        }
        return all == 0 ? 0 : (again + 0.5) / (all + 1);
    }

    private IEnumerable<(Symbol Principal, double Excess)> Of(int day) => _days
        .Where(other => other.Key <= day && other.Key > day - DayCounts.Remembered).SelectMany(other => other.Value);
}
