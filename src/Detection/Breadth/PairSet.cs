using System.Buffers.Binary;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Which actor saw which person on one day: 64-bit mixes of the pairs in one open-addressed table, 12 to 24 bytes a
/// pair. Two pairs are taken for one with a chance of n² / 2⁶⁵; a scope never rests on it. The table lies in parts, and
/// growing uses the old ones again: it leaves nothing to the collector.
/// </summary>
internal sealed class PairSet
{
    private const int PartBits = 17;
    private const int PartSize = 1 << PartBits;

    private ulong[]?[] _parts = [new ulong[1 << 12]];
    private readonly Stack<ulong[]> _free = new();
    private long _slots = 1 << 12;
    private int _count;

    public int Count => _count;

    /// <summary>True when the pair is new.</summary>
    public bool Add(ulong actor, ulong person) => Add(PairOf(actor, person));

    public bool Contains(ulong actor, ulong person)
    {
        var pair = PairOf(actor, person);
        return SlotOf(pair) == pair;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_count);
        Span<byte> room = stackalloc byte[4096];
        var used = 0;
        foreach (var part in _parts)
            foreach (var pair in part!)
            {
                if (pair == 0)
                    continue;
                BinaryPrimitives.WriteUInt64LittleEndian(room[used..], pair);
                if ((used += sizeof(ulong)) < room.Length)
                    continue;
                state.Write(room);
                used = 0;
            }
        state.Write(room[..used]);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            Add(state.ReadUInt64());
    }

    private static ulong PairOf(ulong actor, ulong person) =>
        Math.Max(1, Mixing.Mix(actor ^ Mixing.Mix(person + 0x9E3779B97F4A7C15UL)));

    private bool Add(ulong pair)
    {
        ref var slot = ref SlotOf(pair);
        if (slot == pair)
            return false;
        slot = pair;
        if (++_count * 3L > _slots * 2)
            Grow();
        return true;
    }

    /// <summary>Where the pair is, or the free slot where it belongs.</summary>
    private ref ulong SlotOf(ulong pair)
    {
        var mask = (ulong)_slots - 1;
        for (var at = pair & mask; ; at = (at + 1) & mask)
        {
            var part = _parts[at >> PartBits] ?? NewPart((int)(at >> PartBits));
            ref var slot = ref part[at & (PartSize - 1)];
            if (slot == 0 || slot == pair)
                return ref slot;
        }
    }

    private ulong[] NewPart(int number) =>
        _parts[number] = _free.TryPop(out var free) ? free : new ulong[PartSize];

    // In the order of the slots: so what is saved is the same for every run.
    private void Grow()
    {
        var old = _parts;
        _slots *= 2;
        _parts = _slots <= PartSize ? [new ulong[_slots]] : new ulong[_slots >> PartBits][];
        foreach (var part in old)
        {
            foreach (var pair in part!)
                if (pair != 0)
                    SlotOf(pair) = pair;
            if (part.Length < PartSize)
                continue;
            Array.Clear(part);
            _free.Push(part);
        }
        for (var number = 0; number < _parts.Length; number++)
            _ = _parts[number] ?? NewPart(number);
        _free.Clear();
    }
}
