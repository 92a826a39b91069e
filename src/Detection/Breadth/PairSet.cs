namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Which actor saw which person on one day: 64-bit mixes of the pairs in one open-addressed table, 16 bytes a pair at
/// most. Two pairs are taken for one with a chance of n² / 2⁶⁵; a scope never rests on it.
/// </summary>
internal sealed class PairSet
{
    private ulong[] _slots = new ulong[1 << 12];
    private int _count;

    /// <summary>True when the pair is new.</summary>
    public bool Add(ulong actor, ulong person)
    {
        var pair = Mix(actor ^ Mix(person + 0x9E3779B97F4A7C15UL));
        if (pair == 0)
            pair = 1;
        if (!Insert(_slots, pair))
            return false;
        if (++_count * 3 > _slots.Length * 2)
            Grow();
        return true;
    }

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

    // The finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection, so only the combination of two can collide.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
