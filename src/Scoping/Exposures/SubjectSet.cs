namespace WhoSaw.Scoping.Exposures;

/// <summary>Different accounts, eight bytes each and some room.</summary>
internal sealed class SubjectSet
{
    private long[] _slots = NewSlots(64);

    public int Count { get; private set; }

    public long Bytes => _slots.Length * 8L;

    public void Add(long subject)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            var old = _slots;
            _slots = NewSlots(old.Length * 2);
            Count = 0;
            foreach (var known in old)
                if (known != long.MinValue)
                    Place(known);
        }
        Place(subject);
    }

    private void Place(long subject)
    {
        var slot = (int)((CellStore.Mix(subject) >> 20) & (uint)(_slots.Length - 1));
        while (_slots[slot] != long.MinValue)
        {
            if (_slots[slot] == subject)
                return;
            slot = (slot + 1) & (_slots.Length - 1);
        }
        _slots[slot] = subject;
        Count++;
    }

    private static long[] NewSlots(int length)
    {
        var slots = GC.AllocateUninitializedArray<long>(length);
        Array.Fill(slots, long.MinValue);
        return slots;
    }
}
