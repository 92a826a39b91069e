using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>
/// The days of everybody in one role, which is an operation: what is usual for each, and how busy a day was for the
/// others. Whoever is asked about is never compared with himself.
/// </summary>
internal sealed class RoleDays
{
    /// <summary>With fewer others at work nobody can say how busy a day was.</summary>
    public const int LeastAtWork = 3;

    private readonly Dictionary<Symbol, DayCounts> _days = [];

    public int Count => _days.Count;
    public IEnumerable<Symbol> Principals => _days.Keys;
    public DayCounts this[Symbol principal] => _days[principal];

    public bool Knows(Symbol principal) => _days.ContainsKey(principal);

    public void Set(Symbol principal, int day, int count)
    {
        if (!_days.TryGetValue(principal, out var days))
            _days.Add(principal, days = new DayCounts());
        days.Set(day, count);
    }

    /// <summary>
    /// The ratios of a day to what is usual, of everybody who was there and of whom that is known, in order.
    /// </summary>
    public List<(double Ratio, Symbol Principal)> Ratios(int day, Func<Symbol, int> usual) =>
        [.. _days.Where(other => other.Value[day] > 0 && usual(other.Key) > 0)
            .Select(other => ((double)other.Value[day] / usual(other.Key), other.Key)).OrderBy(ratio => ratio.Item1)];

    /// <summary>
    /// How many times the usual the others read: their median, 1 at least; null where too few were at work.
    /// </summary>
    /// <param name="without">The place of whoever is asked about; below 0 where he is none of them.</param>
    public static double? Busy(List<(double Ratio, Symbol Principal)> ratios, int without)
    {
        var others = ratios.Count - (without < 0 ? 0 : 1);
        if (others < LeastAtWork)
            return null;
        var middle = others / 2;
        return Math.Max(1, ratios[without >= 0 && without <= middle ? middle + 1 : middle].Ratio);
    }

    public RoleDays Copy()
    {
        var copy = new RoleDays();
        foreach (var (principal, days) in _days)
            copy._days.Add(principal, days.Copy());
        return copy;
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write7BitEncodedInt(_days.Count);
        foreach (var (principal, days) in _days)
        {
            state.WriteSymbol(catalog, principal);
            days.Save(state);
        }
    }

    public static RoleDays Restore(BinaryReader state, Catalog catalog)
    {
        var role = new RoleDays();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            role._days[state.ReadSymbol(catalog)] = DayCounts.Restore(state);
        return role;
    }
}
