using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// From which networks and with what software each principal works. Habits are settled when so many reads came without
/// anything new, more where there are several already, or after the first days; what comes later is new, and stays new.
/// </summary>
internal sealed class StaffHabits(Catalog catalog, long warmUp, int settlingReads)
{
    private readonly Dictionary<Symbol, Habits> _habits = [];

    private sealed class Habits(EventTime since)
    {
        public readonly EventTime Since = since;
        public readonly Known Networks = new();
        public readonly Known Agents = new();
    }

    private sealed class Known
    {
        private readonly HashSet<Symbol> _values = [];
        private long _readsSinceNew;

        /// <summary>True when the value is new to somebody whose habits are settled; learns it otherwise.</summary>
        public bool IsNew(Symbol value, bool isOver, int settlingReads)
        {
            if (_values.Contains(value))
            {
                _readsSinceNew++;
                return false;
            }
            if (isOver || (_values.Count > 0 && _readsSinceNew >= (long)settlingReads * _values.Count))
                return true;
            _values.Add(value);
            _readsSinceNew = 1;
            return false;
        }

        public void Save(BinaryWriter state, Catalog catalog)
        {
            state.Write(_readsSinceNew);
            state.Write7BitEncodedInt(_values.Count);
            foreach (var value in _values)
                state.WriteSymbol(catalog, value);
        }

        public void Restore(BinaryReader state, Catalog catalog)
        {
            _readsSinceNew = state.ReadInt64();
            for (var left = state.Read7BitEncodedInt(); left > 0; left--)
                _values.Add(state.ReadSymbol(catalog));
        }
    }

    /// <summary>The traits of a read.</summary>
    public Trait Look(AccessBatch batch, int row)
    {
        var principal = batch.Principal[row];
        if (!_habits.TryGetValue(principal, out var habits))
            _habits.Add(principal, habits = new Habits(batch.Time[row]));
        var isOver = batch.Time[row] - habits.Since >= warmUp;
        var traits = habits.Networks.IsNew(batch.Network[row], isOver, settlingReads) ? Trait.NewNetwork : Trait.None;
        return habits.Agents.IsNew(batch.Agent[row], isOver, settlingReads) ? traits | Trait.NewAgent : traits;
    }

    public void Save(BinaryWriter state)
    {
        state.Write7BitEncodedInt(_habits.Count);
        foreach (var (principal, habits) in _habits)
        {
            state.WriteSymbol(catalog, principal);
            state.WriteTime(habits.Since);
            habits.Networks.Save(state, catalog);
            habits.Agents.Save(state, catalog);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var principal = state.ReadSymbol(catalog);
            var habits = new Habits(state.ReadTime());
            habits.Networks.Restore(state, catalog);
            habits.Agents.Restore(state, catalog);
            _habits.Add(principal, habits);
        }
    }
}
