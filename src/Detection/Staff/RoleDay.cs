using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>A day in a role: how much anybody may be expected to have read on it.</summary>
internal sealed class RoleDay
{
    // Of a quarter of the others, and two of them at least, it is told how busy their part of the work was.
    private const int Part = 4;
    private const int LeastOfPart = 2;

    private readonly RoleDays _role;
    private readonly List<(double Ratio, Symbol Principal)> _ratios;
    private readonly List<(int Count, Symbol Principal)> _counts;
    private readonly List<(int Usual, Symbol Principal)> _usuals;

    public RoleDay(RoleDays role, int day, Func<Symbol, int> usual)
    {
        (_role, Day, _ratios) = (role, day, role.Ratios(day, usual));
        _counts = [.. role.Principals.Select(other => (role[other][day], other)).Where(other => other.Item1 > 0)
            .OrderByDescending(other => other.Item1)];
        _usuals = [.. role.Principals.Select(other => (usual(other), other)).Where(other => other.Item1 > 0)];
    }

    public int Day { get; }

    public static int PartOf(int others) => Math.Max(LeastOfPart, (others + Part - 1) / Part);

    public List<int> UsualsOfOthers(Symbol principal) =>
        [.. _usuals.Where(other => other.Principal != principal).Select(other => other.Usual)];

    /// <summary>
    /// The most that is usual for anybody in the role, and what that comes to on a day as busy; or what a quarter of
    /// the others read, for a part of them may be busy with something of their own. Null where too few are at work.
    /// </summary>
    public (double Usual, double Most, double Busy)? Expected(Symbol principal)
    {
        if (RoleDays.Busy(_ratios, _ratios.FindIndex(ratio => ratio.Principal == principal)) is not { } busy)
            return null;
        var usual = _usuals.Max(other => other.Usual);
        var others = _counts.Where(other => other.Principal != principal).ToList();
        return (usual, Math.Max(usual * busy, others[PartOf(others.Count) - 1].Count), busy);
    }
}
