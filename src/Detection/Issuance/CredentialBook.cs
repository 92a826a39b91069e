using System.Buffers.Binary;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// Forty bits for each credential in ten bytes, 11 to 12 with the room that open addressing needs: 65,536 partitions by
/// sixteen bits of the mixed fingerprint, in each linear probing over entries of forty more bits and the value. A
/// partition grows by itself and stays below the size from which the collector moves nothing.
/// </summary>
/// <remarks>
/// Two credentials are one here when 56 bits agree: of n others one does with a chance of n / 2⁵⁶, 1.4 in 10⁹ for a
/// hundred million.
/// </remarks>
internal sealed class CredentialBook
{
    private const int Partitions = 1 << 16;
    private const int Entry = 10;

    // Entries are read eight bytes at once, so the last one needs room behind it.
    private const int Behind = 8;
    private const ulong FortyBits = (1UL << 40) - 1;

    private byte[]?[] _partitions = [];
    private int[] _counts = [];

    // Written so that the reads of Warm are not left out.
    private ulong _touched;

    public long Count { get; private set; }

    /// <summary>Bytes held by entries and the room between them.</summary>
    public long Bytes => _partitions.Sum(partition => partition?.LongLength ?? 0);

    /// <summary>False, and a value of 0, when the credential is not in the book.</summary>
    public bool TryGet(ulong credential, out ulong value)
    {
        var (partition, tag) = Split(credential);
        value = 0;
        if (Count == 0 || _partitions[partition] is not { } entries)
            return false;
        var place = PlaceOf(entries, tag);
        if (TagAt(entries, place) == 0)
            return false;
        value = ValueAt(entries, place);
        return true;
    }

    /// <summary>
    /// Brings the entries of these credentials near to the processor: asked one after the other each would wait for
    /// memory, together they wait as one. Changes nothing.
    /// </summary>
    public void Warm(ReadOnlySpan<ulong> credentials)
    {
        if (Count == 0)
            return;
        var touched = 0UL;
        Span<int> places = stackalloc int[64];
        for (; !credentials.IsEmpty; credentials = credentials[Math.Min(places.Length, credentials.Length)..])
        {
            var count = Math.Min(places.Length, credentials.Length);
            for (var i = 0; i < count; i++)
            {
                var (partition, tag) = Split(credentials[i]);
                places[i] = _partitions[partition] is { } entries ? FirstPlaceOf(entries, tag) : -1;
            }
            for (var i = 0; i < count; i++)
                if (places[i] >= 0)
                    touched ^= TagAt(_partitions[Split(credentials[i]).Partition]!, places[i]);
        }
        _touched = touched;
    }

    /// <summary>Adds or replaces; only the low forty bits of the value are kept.</summary>
    public void Set(ulong credential, ulong value)
    {
        var (partition, tag) = Split(credential);
        Set(partition, tag, value);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Count);
        byte[] room = [];
        for (var partition = 0; partition < _partitions.Length; partition++)
        {
            if (_counts[partition] == 0)
                continue;
            state.Write((ushort)partition);
            state.Write(_counts[partition]);
            var entries = _partitions[partition]!;
            var used = 0;
            if (room.Length < entries.Length)
                room = new byte[entries.Length * 2];
            for (var place = 0; place < Places(entries); place++)
                if (TagAt(entries, place) != 0)
                {
                    entries.AsSpan(place * Entry, Entry).CopyTo(room.AsSpan(used));
                    used += Entry;
                }
            state.Write(room, 0, used);
        }
    }

    public void Restore(BinaryReader state)
    {
        Span<byte> entry = stackalloc byte[Entry + Behind];
        for (var left = state.ReadInt64(); left > 0;)
        {
            int partition = state.ReadUInt16(), count = state.ReadInt32();
            for (left -= count; count > 0; count--)
            {
                state.BaseStream.ReadExactly(entry[..Entry]);
                Set(partition, BinaryPrimitives.ReadUInt64LittleEndian(entry) & FortyBits,
                    BinaryPrimitives.ReadUInt64LittleEndian(entry[5..]) & FortyBits);
            }
        }
    }

    private void Set(int partition, ulong tag, ulong value)
    {
        if (_partitions.Length == 0)
            (_partitions, _counts) = (new byte[Partitions][], new int[Partitions]);
        var entries = _partitions[partition] ??= Room(4);
        var place = PlaceOf(entries, tag);
        if (TagAt(entries, place) == 0)
        {
            if ((_counts[partition] + 1) * 100 > Places(entries) * 92)
            {
                entries = Grown(entries);
                _partitions[partition] = entries;
                place = PlaceOf(entries, tag);
            }
            _counts[partition]++;
            Count++;
        }
        Write(entries, place, tag, value);
    }

    private static byte[] Grown(byte[] entries)
    {
        var places = Places(entries);
        var grown = Room(places + Math.Max(4, places * 15 / 100));
        for (var place = 0; place < places; place++)
            if (TagAt(entries, place) is var tag && tag != 0)
                Write(grown, PlaceOf(grown, tag), tag, ValueAt(entries, place));
        return grown;
    }

    private static byte[] Room(int places) => new byte[places * Entry + Behind];

    private static int Places(byte[] entries) => (entries.Length - Behind) / Entry;

    /// <summary>Where the tag is, or the free place where it belongs. There is always a free one.</summary>
    private static int PlaceOf(byte[] entries, ulong tag)
    {
        var places = Places(entries);
        var place = FirstPlaceOf(entries, tag);
        while (TagAt(entries, place) is var found && found != 0 && found != tag)
            if (++place == places)
                place = 0;
        return place;
    }

    private static int FirstPlaceOf(byte[] entries, ulong tag) =>
        (int)(((tag >> 8) * (ulong)Places(entries)) >> 32);

    private static ulong TagAt(byte[] entries, int place) =>
        BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(place * Entry)) & FortyBits;

    private static ulong ValueAt(byte[] entries, int place) =>
        BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(place * Entry + 5)) & FortyBits;

    private static void Write(byte[] entries, int place, ulong tag, ulong value)
    {
        var at = entries.AsSpan(place * Entry);
        BinaryPrimitives.WriteUInt64LittleEndian(at, tag | value << 40);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], (ushort)(value >> 24));
    }

    // The finaliser of splitmix64 (Steele, Lea, Flood 2014), a bijection: no two credentials collide in all its bits.
    private static (int Partition, ulong Tag) Split(ulong credential)
    {
        credential = (credential ^ (credential >> 30)) * 0xBF58476D1CE4E5B9UL;
        credential = (credential ^ (credential >> 27)) * 0x94D049BB133111EBUL;
        credential ^= credential >> 31;
        var tag = credential & FortyBits;
        return ((int)(credential >> 48), tag == 0 ? 1 : tag);
    }
}
