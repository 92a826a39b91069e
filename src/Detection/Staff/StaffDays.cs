using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Staff;

/// <summary>How many different people each employee and service saw on each of its latest days, by role.</summary>
internal sealed class StaffDays(int most)
{
    private readonly Dictionary<short, RoleDays> _roles = [];
    private int _count;

    public MemoryLimit Limit { get; } = new(
        "employees and services whose days are remembered", "days of further ones were not held against them", most);

    public IReadOnlyDictionary<short, RoleDays> Roles => _roles;

    public void Set(short operation, Symbol principal, int day, int people)
    {
        if (!_roles.TryGetValue(operation, out var role))
            _roles.Add(operation, role = new RoleDays());
        if (!role.Knows(principal))
        {
            if (Limit.Refuses(_count))
                return;
            _count++;
        }
        role.Set(principal, day, people);
    }

    /// <summary>The same with days that are not over.</summary>
    public StaffDays With(IEnumerable<(short Operation, Symbol Principal, int Day, int People)> open)
    {
        var all = new StaffDays(most);
        foreach (var (operation, role) in _roles)
            all._roles.Add(operation, role.Copy());
        foreach (var (operation, principal, day, people) in open)
            all.Set(operation, principal, day, people);
        return all;
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write7BitEncodedInt(_roles.Count);
        foreach (var (operation, role) in _roles.OrderBy(role => role.Key))
        {
            state.WriteOperation(catalog, operation);
            role.Save(state, catalog);
        }
    }

    /// <summary>Operations that there are no longer are passed over.</summary>
    public void Restore(BinaryReader state, Catalog catalog)
    {
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var operation = state.ReadOperation(catalog);
            var role = RoleDays.Restore(state, catalog);
            if (operation < 0)
                continue;
            _roles[operation] = role;
            _count += role.Count;
        }
    }
}
