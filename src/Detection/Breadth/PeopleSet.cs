namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Different people, by ordinal: exact in under two bytes each until there are too many, then about so many
/// (<see cref="HyperLogLog"/>). New ones wait unsorted until there are enough to be worth writing the blocks anew.
/// </summary>
internal sealed class PeopleSet
{
    /// <summary>So many are held exactly; of a suspicious actor <see cref="MostSuspicious"/>.</summary>
    public const int MostExact = 1 << 14;
    public const int MostSuspicious = 1 << 20;

    private const int Precision = 12;
    private const int LeastWaiting = 8;

    private RiceBlocks _sorted = RiceBlocks.Empty;
    private uint[] _waiting = [];
    private int _waits;

    // So many may wait; until then room is made for a few at a time.
    private int _room;
    private HyperLogLog? _sketch;

    /// <param name="mostExact">From more people on it only estimates.</param>
    public PeopleSet(int mostExact = MostExact) => MostPeople = mostExact;

    public int MostPeople { get; private set; }

    /// <summary>Exact, or within 1.6 % once <see cref="IsExact"/> is false.</summary>
    public int Count => _sketch is null ? _sorted.Count + _waits : (int)Math.Round(_sketch.Estimate);

    public bool IsExact => _sketch is null;

    /// <summary>Bytes held, with what the objects themselves take (about 100).</summary>
    public int Bytes => 100 + 4 * _waiting.Length + _sorted.Bytes + (_sketch?.Bytes ?? 0);

    /// <summary>True when the person is new; when it only estimates, some new ones are not seen to be.</summary>
    public bool Add(uint person)
    {
        if (_sketch is not null)
            return _sketch.Add(person);
        if (_waiting.AsSpan(0, _waits).Contains(person) || _sorted.Contains(person))
            return false;
        if (_waits == _waiting.Length)
            MakeRoom();
        if (_sketch is not null)
            return _sketch.Add(person);
        _waiting[_waits++] = person;
        return true;
    }

    /// <summary>People are told apart no longer, only counted, with that precision.</summary>
    public void Forget(int precision)
    {
        if (_sketch is not null)
        {
            _sketch = _sketch.Folded(precision);
            return;
        }
        _sketch = new HyperLogLog(precision);
        foreach (var person in Sorted())
            _sketch.Add(person);
        (_sorted, _waiting, _waits) = (RiceBlocks.Empty, [], 0);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(MostPeople);
        state.Write(_sketch is null);
        if (_sketch is not null)
        {
            _sketch.Save(state);
            return;
        }
        var people = Sorted();
        state.Write7BitEncodedInt(people.Length);
        uint before = 0;
        foreach (var person in people)
        {
            state.Write7BitEncodedInt64(person - before);
            before = person;
        }
    }

    public static PeopleSet Restore(BinaryReader state)
    {
        var set = new PeopleSet(state.ReadInt32());
        if (!state.ReadBoolean())
        {
            set._sketch = HyperLogLog.Restore(state);
            return set;
        }
        var people = new uint[state.Read7BitEncodedInt()];
        uint before = 0;
        for (var i = 0; i < people.Length; i++)
            people[i] = before += (uint)state.Read7BitEncodedInt64();
        set.Take(people);
        return set;
    }

    private void Take(uint[] people)
    {
        if (people.Length <= LeastWaiting)
            (_waiting, _waits) = (people, people.Length);
        else
            _sorted = new RiceBlocks(people);
    }

    private uint[] Sorted()
    {
        var people = new uint[_sorted.Count + _waits];
        _sorted.CopyTo(people);
        _waiting.AsSpan(0, _waits).CopyTo(people.AsSpan(_sorted.Count));
        Array.Sort(people);
        return people;
    }

    private void MakeRoom()
    {
        if (_waiting.Length < _room)
        {
            Array.Resize(ref _waiting, Math.Min(_room, _waiting.Length + LeastWaiting));
            return;
        }
        if (Count >= MostPeople)
        {
            Forget(Precision);
            return;
        }
        _room = Math.Max(LeastWaiting, Count / 32);
        if (_waits >= LeastWaiting)
            Merge();
        Array.Resize(ref _waiting, LeastWaiting);
    }

    private void Merge()
    {
        var rented = System.Buffers.ArrayPool<uint>.Shared.Rent(2 * (_sorted.Count + _waits));
        var all = rented.AsSpan(0, _sorted.Count);
        var merged = rented.AsSpan(_sorted.Count + _waits);
        _sorted.CopyTo(all);
        var waiting = _waiting.AsSpan(0, _waits);
        waiting.Sort();
        int from = 0, late = 0, to = 0;
        while (from < all.Length || late < waiting.Length)
            merged[to++] = late == waiting.Length || (from < all.Length && all[from] < waiting[late])
                ? all[from++]
                : waiting[late++];
        _sorted = new RiceBlocks(merged[..to]);
        _waits = 0;
        System.Buffers.ArrayPool<uint>.Shared.Return(rented);
    }
}
