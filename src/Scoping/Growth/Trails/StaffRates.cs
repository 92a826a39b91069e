namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>
/// How many reads there are of one operation, by one principal, at one hour of the day (UTC), without a ticket or not.
/// </summary>
internal readonly record struct StaffCount(string Operation, string Principal, int Hour, bool Odd, long Reads);

/// <summary>
/// How ordinary it is in a role (an operation) to read without a ticket, and at which hours nobody else reads. Nobody
/// is compared with himself.
/// </summary>
internal sealed class StaffRates
{
    // How often a theft by an insider shows them; an insider's days are mostly honest work.
    private const double WithoutTicket = 0.8;
    private const double OffHours = 0.3;
    private const double InsiderShare = 0.1;

    /// <summary>An hour with less than this share of the role's other reads is out of hours.</summary>
    private const double OffHoursShare = 0.004;
    private const double Jeffreys = 0.5;

    // With fewer colleagues their hours are theirs, and not the role's.
    private const int LeastColleagues = 3;
    private const double Prior = 200;
    private const double Least = 1e-4;
    private const double Ordinary = 0.5;

    private static readonly double[] s_nothing = new double[24];
    private readonly HashSet<string> _ticketed;
    private readonly Dictionary<(string, string), double[]> _own = [];
    private readonly Dictionary<string, double[]> _role = [];
    private readonly Dictionary<(string, string), (double Odd, double Late, double Ticketed, double All)> _sums = [];
    private readonly Dictionary<string, int> _readers;
    private readonly double _cap;

    /// <param name="without">Principals who were found: they say nothing about what is ordinary.</param>
    /// <param name="cap">Nothing is more ordinary than this.</param>
    public StaffRates(IReadOnlyList<StaffCount> counts, HashSet<string> without, double cap)
    {
        _cap = cap;
        // A ticket that never lacks, or is not named at all, says nothing.
        _ticketed = [.. counts.Where(count => count.Odd).Select(count => count.Operation)];
        foreach (var count in counts.Where(count => !without.Contains(count.Principal)))
        {
            Hours(_own, (count.Operation, count.Principal))[count.Hour] += count.Reads;
            Hours(_role, count.Operation)[count.Hour] += count.Reads;
        }
        _readers = _own.Keys.CountBy(own => own.Item1).ToDictionary();
        foreach (var count in counts.Where(count => !without.Contains(count.Principal)))
        {
            var sums = _sums.GetValueOrDefault((count.Operation, count.Principal));
            var isTicketed = _ticketed.Contains(count.Operation);
            _sums[(count.Operation, count.Principal)] = (sums.Odd + (count.Odd ? count.Reads : 0),
                sums.Late + (IsLate(count.Operation, count.Principal, count.Hour) ? count.Reads : 0),
                sums.Ticketed + (isTicketed ? count.Reads : 0), sums.All + count.Reads);
        }
    }

    /// <summary>Hours of the day in which, and next to which, nobody else of the role reads.</summary>
    public bool IsLate(string operation, string principal, int hour)
    {
        var colleagues = _readers.GetValueOrDefault(operation) - (_own.ContainsKey((operation, principal)) ? 1 : 0);
        if (colleagues < LeastColleagues)
            return false;
        var (role, own) = (Hours(_role, operation), _own.GetValueOrDefault((operation, principal)) ?? s_nothing);
        var others = Enumerable.Range(hour + 23, 3).Max(h => role[h % 24] - own[h % 24]);
        return (others + Jeffreys) / (role.Sum() - own.Sum() + 24 * Jeffreys) < OffHoursShare;
    }

    /// <summary>How often the others read without a ticket.</summary>
    public double RateOfOdd(string operation, string principal) =>
        Rate(operation, principal, sums => sums.Odd, sums => sums.Ticketed);

    /// <summary>The weight of a read in millionths of a nat; without the hour when that says nothing.</summary>
    public long Weight(string operation, string principal, int hour, bool odd, bool byHour)
    {
        var ratio = 1.0;
        if (_ticketed.Contains(operation))
            ratio *= Ratio(odd, WithoutTicket, RateOfOdd(operation, principal));
        if (byHour)
            ratio *= Ratio(IsLate(operation, principal, hour), OffHours,
                Rate(operation, principal, sums => sums.Late, sums => sums.All));
        return (long)Math.Round(1e6 * Statistics.Mixed(ratio, InsiderShare));
    }

    private static double Ratio(bool isThere, double theft, double rate) =>
        rate >= Ordinary ? 1 : isThere ? theft / rate : (1 - theft) / (1 - rate);

    // Of the role, drawn towards all roles where it is small.
    private double Rate(string operation, string principal,
        Func<(double Odd, double Late, double Ticketed, double All), double> some,
        Func<(double Odd, double Late, double Ticketed, double All), double> all)
    {
        var others = _sums.Where(sum => sum.Key.Item2 != principal).ToList();
        var population = (others.Sum(sum => some(sum.Value)) + 1) / (others.Sum(sum => all(sum.Value)) + Prior);
        var role = others.Where(sum => sum.Key.Item1 == operation).ToList();
        var rate = (role.Sum(sum => some(sum.Value)) + Prior * population) / (role.Sum(sum => all(sum.Value)) + Prior);
        return Math.Clamp(rate, Least, _cap);
    }

    private static double[] Hours<TKey>(Dictionary<TKey, double[]> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var hours))
            table.Add(key, hours = new double[24]);
        return hours;
    }
}
