using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// From which networks and with what kind of software each principal works; a new version is no other kind. Habits are
/// settled when so many reads came without anything new, more where there are several already, or after the first days;
/// what comes later is new, and stays new.
/// </summary>
internal sealed class StaffHabits(long warmUp, int settlingReads)
{
    private readonly Dictionary<Symbol, Habits> _habits = [];

    private sealed class Habits(EventTime since)
    {
        public readonly EventTime Since = since;
        public readonly Known<Symbol> Networks = new();
        public readonly Known<short> Families = new();
    }

    private sealed class Known<T>
    {
        private readonly HashSet<T> _values = [];
        private long _readsSinceNew;

        /// <summary>True when the value is new to somebody whose habits are settled; learns it otherwise.</summary>
        public bool IsNew(T value, bool isOver, int settlingReads)
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

        public void Save(BinaryWriter state, Action<T> write)
        {
            state.Write(_readsSinceNew);
            state.Write7BitEncodedInt(_values.Count);
            foreach (var value in _values)
                write(value);
        }

        public void Restore(BinaryReader state, Func<T> read)
        {
            _readsSinceNew = state.ReadInt64();
            for (var left = state.Read7BitEncodedInt(); left > 0; left--)
                _values.Add(read());
        }
    }

    /// <summary>The traits of a read.</summary>
    /// <param name="family">Of its software.</param>
    public Trait Look(AccessBatch batch, int row, short family)
    {
        var principal = batch.Principal[row];
        if (!_habits.TryGetValue(principal, out var habits))
            _habits.Add(principal, habits = new Habits(batch.Time[row]));
        var isOver = batch.Time[row] - habits.Since >= warmUp;
        var traits = habits.Networks.IsNew(batch.Network[row], isOver, settlingReads) ? Trait.NewNetwork : Trait.None;
        return habits.Families.IsNew(family, isOver, settlingReads) ? traits | Trait.NewAgent : traits;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_habits.Count);
        foreach (var (principal, habits) in _habits)
        {
            SavedSymbols.Write(state, principal);
            state.WriteTime(habits.Since);
            habits.Networks.Save(state, network => SavedSymbols.Write(state, network));
            habits.Families.Save(state, state.Write);
        }
    }

    public void Restore(BinaryReader state, SavedSymbols symbols)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var principal = symbols.Read(state);
            var habits = new Habits(state.ReadTime());
            habits.Networks.Restore(state, () => symbols.Read(state));
            habits.Families.Restore(state, state.ReadInt16);
            _habits.Add(principal, habits);
        }
    }
}
