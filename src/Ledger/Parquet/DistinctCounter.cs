namespace WhoSaw.Ledger;

/// <summary>Counts different numbers, and stops as soon as there are more than matter.</summary>
internal sealed class DistinctCounter
{
    private const ulong Spread = 0x9E3779B97F4A7C15UL;
    private long[] _slots = [];

    public bool AtMost(ReadOnlySpan<long> values, int limit)
    {
        var size = 64;
        while (size < limit * 2)
            size *= 2;
        if (_slots.Length < size)
            _slots = new long[size];
        var slots = _slots.AsSpan(0, size);
        slots.Clear();
        var shift = 64 - System.Numerics.BitOperations.Log2((uint)size);
        var (count, hasZero) = (0, false);
        foreach (var value in values)
        {
            if (value == 0)
            {
                count += hasZero ? 0 : 1;
                hasZero = true;
                continue;
            }
            var slot = (int)((ulong)value * Spread >> shift);
            while (slots[slot] != 0 && slots[slot] != value)
                slot = (slot + 1) & (size - 1);
            if (slots[slot] == value)
                continue;
            if (++count > limit)
                return false;
            slots[slot] = value;
        }
        return count <= limit;
    }
}
