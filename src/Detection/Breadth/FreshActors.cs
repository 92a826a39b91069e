namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Actors that saw one or two people: most of them, for ever. Sixteen bytes each in one table of partitions, under
/// nineteen with the room between; a third person makes an actor known. When there are too many, the ones with one
/// person go first: they carry the least evidence.
/// </summary>
internal sealed class FreshActors
{
    private const int Partitions = 1 << 14;
    private const uint Nobody = uint.MaxValue;

    private readonly Entry[]?[] _partitions = new Entry[Partitions][];
    private readonly int[] _counts = new int[Partitions];

    private struct Entry
    {
        // Mixed, 0 is free.
        public ulong Actor;
        public uint First;
        public uint Second;
    }

    public enum Sight : byte
    {
        /// <summary>The actor saw the person before.</summary>
        Again,
        FirstPerson,
        SecondPerson,

        /// <summary>The actor is no longer here; the two others whom it saw are told.</summary>
        ThirdPerson,
    }

    public long Count { get; private set; }

    /// <summary>How many were dropped because there were too many.</summary>
    public long Dropped { get; private set; }

    public long Bytes => _partitions.Sum(partition => 16L * (partition?.Length ?? 0));

    public Sight See(ulong actor, uint person, out uint first, out uint second)
    {
        actor = Math.Max(1, Mixing.Mix(actor));
        var partition = (int)(actor >> 50);
        var entries = _partitions[partition] ??= new Entry[4];
        var place = PlaceOf(entries, actor);
        ref var entry = ref entries[place];
        (first, second) = (entry.First, entry.Second);
        if (entry.Actor == 0)
        {
            Insert(partition, new Entry { Actor = actor, First = person, Second = Nobody });
            return Sight.FirstPerson;
        }
        if (first == person || second == person)
            return Sight.Again;
        if (second == Nobody)
        {
            entry.Second = person;
            return Sight.SecondPerson;
        }
        Remove(partition, place);
        return Sight.ThirdPerson;
    }

    /// <summary>Drops actors of one person, and of two where that does not halve the table.</summary>
    public void Halve()
    {
        var (before, wanted) = (Count, Count / 2);
        foreach (var least in new[] { true, false })
            for (var partition = 0; partition < Partitions && Count > wanted; partition++)
            {
                if (_partitions[partition] is not { } entries)
                    continue;
                _partitions[partition] = null;
                Count -= _counts[partition];
                _counts[partition] = 0;
                foreach (var entry in entries)
                    if (entry.Actor != 0 && least && entry.Second != Nobody)
                        Insert(partition, entry);
            }
        Dropped += before - Count;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Dropped);
        state.Write(Count);
        foreach (var entries in _partitions)
            foreach (var entry in entries ?? [])
                if (entry.Actor != 0)
                {
                    state.Write(entry.Actor);
                    state.Write(entry.First);
                    state.Write(entry.Second);
                }
    }

    public void Restore(BinaryReader state)
    {
        Dropped = state.ReadInt64();
        for (var left = state.ReadInt64(); left > 0; left--)
        {
            var entry = new Entry
            {
                Actor = state.ReadUInt64(),
                First = state.ReadUInt32(),
                Second = state.ReadUInt32(),
            };
            Insert((int)(entry.Actor >> 50), entry);
        }
    }

    private void Insert(int partition, Entry entry)
    {
        var entries = _partitions[partition] ??= new Entry[4];
        if ((_counts[partition] + 1) * 100 > entries.Length * 92)
        {
            var grown = new Entry[entries.Length + Math.Max(4, entries.Length * 15 / 100)];
            foreach (var old in entries)
                if (old.Actor != 0)
                    grown[PlaceOf(grown, old.Actor)] = old;
            _partitions[partition] = entries = grown;
        }
        entries[PlaceOf(entries, entry.Actor)] = entry;
        _counts[partition]++;
        Count++;
    }

    // What stands behind the gap, and could have stood in it, moves up: there are no marks of what was deleted.
    private void Remove(int partition, int place)
    {
        var entries = _partitions[partition]!;
        var next = place;
        while (true)
        {
            entries[place] = default;
            while (true)
            {
                next = next + 1 == entries.Length ? 0 : next + 1;
                if (entries[next].Actor == 0)
                {
                    _counts[partition]--;
                    Count--;
                    return;
                }
                var home = HomeOf(entries, entries[next].Actor);
                var stays = place <= next ? place < home && home <= next : place < home || home <= next;
                if (!stays)
                    break;
            }
            entries[place] = entries[next];
            place = next;
        }
    }

    private static int PlaceOf(Entry[] entries, ulong actor)
    {
        var place = HomeOf(entries, actor);
        while (entries[place].Actor != 0 && entries[place].Actor != actor)
            place = place + 1 == entries.Length ? 0 : place + 1;
        return place;
    }

    private static int HomeOf(Entry[] entries, ulong actor) =>
        (int)(((actor >> 16 & 0xFFFFFFFF) * (ulong)entries.Length) >> 32);
}
