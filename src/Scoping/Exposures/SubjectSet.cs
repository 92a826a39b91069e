namespace WhoSaw.Scoping.Exposures;

/// <summary>Different accounts, eight bytes each and some room.</summary>
internal sealed class SubjectSet
{
    private long[] _slots = NewSlots(64);
    private int _shift = 64 - 6;
    private volatile int _warmth;

    public int Count { get; private set; }

    public long Bytes => _slots.Length * 8L;

    public void Add(ReadOnlySpan<long> subjects)
    {
        var sum = 0L;
        foreach (var subject in subjects)
            sum += _slots[CellStore.SlotOf(subject, _shift)];
        _warmth = (int)sum;
        foreach (var subject in subjects)
            Add(subject);
    }

    private void Add(long subject)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            var old = _slots;
            _slots = NewSlots(old.Length * 2);
            _shift--;
            Count = 0;
            foreach (var known in old)
                if (known != long.MinValue)
                    Place(known);
        }
        Place(subject);
    }

    private void Place(long subject)
    {
        var slots = _slots;
        for (var slot = CellStore.SlotOf(subject, _shift); ; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot] == subject)
                return;
            if (slots[slot] != long.MinValue)
                continue;
            slots[slot] = subject;
            Count++;
            return;
        }
    }

    private static long[] NewSlots(int length)
    {
        var slots = GC.AllocateUninitializedArray<long>(length);
        Array.Fill(slots, long.MinValue);
        return slots;
    }
}
