namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Which actor saw which person on one day: 64-bit mixes of the pairs in one open-addressed table, 16 bytes a pair at
/// most. Two pairs are taken for one with a chance of n² / 2⁶⁵; a scope never rests on it.
/// </summary>
internal sealed class PairSet
{
    private ulong[] _slots = new ulong[1 << 12];
    private int _count;

    public int Count => _count;

    /// <summary>True when the pair is new.</summary>
    public bool Add(ulong actor, ulong person)
    {
        var pair = PairOf(actor, person);
        if (!Insert(_slots, pair))
            return false;
        if (++_count * 3 > _slots.Length * 2)
            Grow();
        return true;
    }

    public bool Contains(ulong actor, ulong person)
    {
        var pair = PairOf(actor, person);
        var mask = (ulong)_slots.Length - 1;
        var slot = pair & mask;
        while (_slots[slot] != 0 && _slots[slot] != pair)
            slot = (slot + 1) & mask;
        return _slots[slot] == pair;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_count);
        foreach (var pair in _slots)
            if (pair != 0)
                state.Write(pair);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            if (Insert(_slots, state.ReadUInt64()) && ++_count * 3 > _slots.Length * 2)
                Grow();
        }
    }

    private static ulong PairOf(ulong actor, ulong person) =>
        Math.Max(1, Mixing.Mix(actor ^ Mixing.Mix(person + 0x9E3779B97F4A7C15UL)));

    private static bool Insert(ulong[] slots, ulong pair)
    {
        var mask = (ulong)slots.Length - 1;
        for (var slot = pair & mask; ; slot = (slot + 1) & mask)
        {
            if (slots[slot] == pair)
                return false;
            if (slots[slot] != 0)
                continue;
            slots[slot] = pair;
            return true;
        }
    }

    private void Grow()
    {
        var grown = new ulong[_slots.Length * 2];
        foreach (var pair in _slots)
            if (pair != 0)
                Insert(grown, pair);
        _slots = grown;
    }
}
