using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// From which networks and with what software each principal works; what comes later than its first days is new.
/// </summary>
internal sealed class StaffHabits(long warmUp)
{
    private readonly Dictionary<Symbol, Habits> _habits = [];

    private sealed class Habits(EventTime since)
    {
        public readonly EventTime Since = since;
        public readonly HashSet<Symbol> Networks = [];
        public readonly HashSet<Symbol> Agents = [];
    }

    /// <summary>The traits of a read; learns while the principal is new.</summary>
    public Trait Look(AccessBatch batch, int row)
    {
        var principal = batch.Principal[row];
        if (!_habits.TryGetValue(principal, out var habits))
            _habits.Add(principal, habits = new Habits(batch.Time[row]));
        if (batch.Time[row] - habits.Since < warmUp)
        {
            habits.Networks.Add(batch.Network[row]);
            habits.Agents.Add(batch.Agent[row]);
            return Trait.None;
        }
        var traits = habits.Networks.Contains(batch.Network[row]) ? Trait.None : Trait.NewNetwork;
        return habits.Agents.Contains(batch.Agent[row]) ? traits : traits | Trait.NewAgent;
    }
}
