using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>Days of an employee that are beyond what anybody in his role reads.</summary>
/// <param name="Limits">By day: more people than that are too many.</param>
/// <param name="Told">The day on which the evidence was enough.</param>
/// <param name="Usual">What he read in a day before, and the most that is usual for anybody.</param>
internal sealed record SurplusDays(
    Symbol Principal, SortedDictionary<int, int> Limits, int Told, (int Own, int Most) Usual, double Evidence);

/// <summary>
/// Evidence of an employee's days, added up (one-sided CUSUM, Page 1954): a day on which he reads several times as many
/// people as is usual for anybody in the role, on a day as busy, and more than what colleagues left undone. A day is
/// judged by those before it and by the others' on the same day, so that what was said stays said.
/// </summary>
internal sealed class Surplus(
    IReadOnlyDictionary<short, RoleDays> roles, short operation, SurplusOptions options, int floor, double leastSpread)
{
    private readonly RoleDays _role = roles[operation];
    private readonly OrdinaryDays _ordinary = new(roles[operation], options.Times);
    private readonly Dictionary<Symbol, HashSet<int>> _beyond = [];
    private readonly Dictionary<Symbol, double> _evidence = [];
    private readonly Dictionary<Symbol, SortedDictionary<int, int>> _runs = [];
    private readonly Dictionary<int, long> _totals = [];
    private readonly List<int> _days = [.. roles[operation].Principals
        .SelectMany(principal => roles[operation][principal].Days).Distinct().Order()];

    public IEnumerable<SurplusDays> Found()
    {
        var found = new Dictionary<Symbol, SurplusDays>();
        foreach (var day in _days)
        {
            var candidates = CandidatesOf(day);
            if (candidates.Count == 0)
                continue;
            var today = new RoleDay(_role, day, other => UsualOf(other, day));
            foreach (var principal in candidates)
                if (Weigh(today, principal) is { } surplus)
                    found[principal] = found.TryGetValue(principal, out var told)
                        ? told with { Limits = Joined(told.Limits, surplus.Limits) }
                        : surplus;
        }
        return found.Values;
    }

    /// <summary>
    /// Hardly any day has somebody who is worth the look: who is far above a part of the others, or was before.
    /// </summary>
    private List<Symbol> CandidatesOf(int day)
    {
        var counts = _role.Principals.Select(principal => _role[principal][day]).Where(count => count > 0)
            .OrderDescending().ToList();
        if (counts.Count <= RoleDays.LeastAtWork)
            return [];
        var least = Math.Max(floor, options.Times * counts[RoleDay.PartOf(counts.Count - 1)]);
        return
        [
            .. _role.Principals.Where(principal => _role[principal][day] > 0
                && (_role[principal][day] > least || _evidence.ContainsKey(principal))
                && UsualOf(principal, day) > 0),
        ];
    }

    /// <summary>Adds what the day says; the days of the excursion once they are beyond the threshold.</summary>
    private SurplusDays? Weigh(RoleDay today, Symbol principal)
    {
        if (today.Expected(principal) is not { } expected)
            return null;
        var elsewhere = roles.Where(role => role.Key != operation && role.Value.Knows(principal))
            .Select(role => role.Value[principal].Usual(today.Day)).DefaultIfEmpty().Max();
        var most = Math.Max(expected.Most, elsewhere * expected.Busy);
        var left = LeftUndone(principal, today.Day);
        bool IsBeyond(int count) => count > floor && count - left > options.Times * most
            && Level.ChanceOf((count - left) * expected.Usual / most, today.UsualsOfOthers(principal), leastSpread)
                < options.FalseAlarmsPerYear / options.DaysPerYear / options.ChangesOfDuty;
        var (count, own) = (_role[principal][today.Day], UsualOf(principal, today.Day));
        var isBeyond = IsBeyond(count);
        var follows = _role[principal].Days.LastOrDefault(day => day < today.Day) is var last
            && _beyond.GetValueOrDefault(principal)?.Contains(last) == true;
        if (!isBeyond && !_evidence.ContainsKey(principal))
            return null;
        foreach (var before in _days.TakeWhile(before => before <= today.Day))
            _ordinary.Add(before, other => UsualOf(other, before));
        var chance = _ordinary.ChanceOf(
            Math.Log(options.Times * most / (own * expected.Busy)), principal, today.Day, options.LeastDays,
            leastSpread);
        if (isBeyond && !_beyond.TryAdd(principal, [today.Day]))
            _beyond[principal].Add(today.Day);
        if (chance is not { } rate)
            return null;
        if (follows)
            rate = Math.Max(rate, _ordinary.ChanceOfAnother(principal, today.Day));
        var evidence = Add(principal, isBeyond, Math.Clamp(rate, options.LeastChance, 0.5));
        if (isBeyond)
            RunOf(principal).Add(today.Day, LimitOf(count, IsBeyond));
        else if (evidence > 0 && count > Math.Max(floor, options.Times * own))
            // Between such days it is one of them that others' free day explains in part.
            RunOf(principal).Add(today.Day, (int)Math.Max(floor, options.Times * own));
        return evidence <= options.Threshold ? null : new SurplusDays(
            principal, RunOf(principal), today.Day, (own, (int)expected.Usual), evidence);
    }

    private double Add(Symbol principal, bool isBeyond, double rate)
    {
        var weight = isBeyond
            ? Math.Log(options.ShareOfThief / rate)
            : Math.Log((1 - options.ShareOfThief) / (1 - rate));
        var evidence = _evidence.GetValueOrDefault(principal) + weight;
        if (evidence > 0)
            return _evidence[principal] = evidence;
        _evidence.Remove(principal);
        _runs.Remove(principal);
        return 0;
    }

    /// <summary>
    /// How many people fewer than on most days all others together read: they may be those whom he read in their place.
    /// </summary>
    private double LeftUndone(Symbol principal, int day)
    {
        long OfOthers(int other) => TotalOf(other) - _role[principal][other];
        var before = _days.Where(other => other < day && other >= day - DayCounts.Remembered).Select(OfOthers)
            .Order().ToList();
        return before.Count == 0 ? 0 : Math.Max(0, before[before.Count / 4] - OfOthers(day));
    }

    private long TotalOf(int day)
    {
        if (!_totals.TryGetValue(day, out var total))
            _totals.Add(day, total = _role.Principals.Sum(principal => (long)_role[principal][day]));
        return total;
    }

    private int UsualOf(Symbol principal, int day) =>
        _role[principal].Usual(day, _beyond.GetValueOrDefault(principal));

    private SortedDictionary<int, int> RunOf(Symbol principal)
    {
        if (!_runs.TryGetValue(principal, out var run))
            _runs.Add(principal, run = []);
        return run;
    }

    /// <summary>The most people that would not have been too many.</summary>
    private static int LimitOf(int count, Func<int, bool> isBeyond)
    {
        var (low, high) = (0, count);
        while (high - low > 1)
            if ((low + high) / 2 is var middle && isBeyond(middle))
                high = middle;
            else
                low = middle;
        return low;
    }

    private static SortedDictionary<int, int> Joined(
        SortedDictionary<int, int> one, SortedDictionary<int, int> other) =>
        new(one.Concat(other).DistinctBy(day => day.Key).ToDictionary());
}
