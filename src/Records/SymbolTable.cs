using System.Text;

namespace WhoSaw.Records;

/// <summary>A string that was interned in a <see cref="SymbolTable"/>; 0 is the absent one.</summary>
public readonly record struct Symbol(int Index)
{
    public static readonly Symbol None;

    public bool IsNone => Index == 0;
}

/// <summary>
/// Strings, each held once as UTF-8, numbered from 1 in the order in which they came. One thread interns; any thread
/// may read the symbols that were handed to it.
/// </summary>
public sealed class SymbolTable
{
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;
    private const int ArenaSize = 1 << 20;

    // A chunk is never replaced once published, so readers need no lock.
    private Entry[][] _chunks = [new Entry[ChunkSize]];
    private int[] _buckets = new int[1 << 12];
    private byte[] _arena = new byte[ArenaSize];
    private int _arenaUsed;

    // Written so that the reads of Warm are not left out.
    private int _touched;

    private readonly record struct Entry(byte[] Arena, int Start, int Length, uint Hash);

    /// <summary>How many symbols there are, the absent one included.</summary>
    public int Count { get; private set; } = 1;

    public Symbol Intern(string text) => Intern(Encoding.UTF8.GetBytes(text));

    public Symbol Intern(ReadOnlySpan<byte> utf8) => Intern(utf8, HashOf(utf8));

    /// <summary>The same with the text's <see cref="HashOf"/>, where it is known already.</summary>
    public Symbol Intern(ReadOnlySpan<byte> utf8, uint hash)
    {
        if (utf8.IsEmpty)
            return Symbol.None;
        var slot = hash & (uint)(_buckets.Length - 1);
        while (_buckets[slot] is var index && index != 0)
        {
            ref readonly var entry = ref At(index);
            if (entry.Hash == hash && entry.Arena.AsSpan(entry.Start, entry.Length).SequenceEqual(utf8))
                return new Symbol(index);
            slot = (slot + 1) & (uint)(_buckets.Length - 1);
        }
        var added = Append(utf8, hash);
        _buckets[slot] = added;
        if (Count * 2 > _buckets.Length)
            Grow();
        return new Symbol(added);
    }

    /// <summary>
    /// Brings what <see cref="Intern(ReadOnlySpan{byte}, uint)"/> of these hashes will look at near to the processor:
    /// one text after the other would wait for memory three times, many together wait as one. Changes nothing.
    /// </summary>
    public void Warm(ReadOnlySpan<uint> hashes)
    {
        Span<int> found = stackalloc int[64];
        var touched = 0;
        for (; !hashes.IsEmpty; hashes = hashes[Math.Min(found.Length, hashes.Length)..])
        {
            var count = Math.Min(found.Length, hashes.Length);
            for (var i = 0; i < count; i++)
                found[i] = _buckets[hashes[i] & (uint)(_buckets.Length - 1)];
            for (var i = 0; i < count; i++)
                touched ^= At(found[i]).Start;
            for (var i = 0; i < count; i++)
                if (found[i] != 0)
                    touched ^= At(found[i]).Arena[At(found[i]).Start];
        }
        _touched = touched;
    }

    /// <summary>The symbol of a text that was interned before, or <see cref="Symbol.None"/>.</summary>
    public Symbol Find(ReadOnlySpan<byte> utf8)
    {
        var hash = HashOf(utf8);
        var slot = hash & (uint)(_buckets.Length - 1);
        while (_buckets[slot] is var index && index != 0)
        {
            ref readonly var entry = ref At(index);
            if (entry.Hash == hash && entry.Arena.AsSpan(entry.Start, entry.Length).SequenceEqual(utf8))
                return new Symbol(index);
            slot = (slot + 1) & (uint)(_buckets.Length - 1);
        }
        return Symbol.None;
    }

    public ReadOnlySpan<byte> Bytes(Symbol symbol)
    {
        if (symbol.IsNone)
            return default;
        ref readonly var entry = ref At(symbol.Index);
        return entry.Arena.AsSpan(entry.Start, entry.Length);
    }

    /// <summary>The text; null for the absent symbol.</summary>
    public string? Text(Symbol symbol) => symbol.IsNone ? null : Encoding.UTF8.GetString(Bytes(symbol));

    private ref readonly Entry At(int index) => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    private int Append(ReadOnlySpan<byte> utf8, uint hash)
    {
        var (arena, start) = Room(utf8.Length);
        utf8.CopyTo(arena.AsSpan(start));
        var index = Count;
        if (index >> ChunkBits == _chunks.Length)
            _chunks = [.. _chunks, new Entry[ChunkSize]];
        _chunks[index >> ChunkBits][index & (ChunkSize - 1)] = new Entry(arena, start, utf8.Length, hash);
        Count = index + 1;
        return index;
    }

    private (byte[] Arena, int Start) Room(int length)
    {
        if (length > ArenaSize / 4)
            return (new byte[length], 0);
        if (_arenaUsed + length > ArenaSize)
        {
            _arena = new byte[ArenaSize];
            _arenaUsed = 0;
        }
        _arenaUsed += length;
        return (_arena, _arenaUsed - length);
    }

    private void Grow()
    {
        var buckets = new int[_buckets.Length * 2];
        for (var index = 1; index < Count; index++)
        {
            var slot = At(index).Hash & (uint)(buckets.Length - 1);
            while (buckets[slot] != 0)
                slot = (slot + 1) & (uint)(buckets.Length - 1);
            buckets[slot] = index;
        }
        _buckets = buckets;
    }

    /// <summary>A fast hash for tables inside the process; never evidence, never stored.</summary>
    public static uint HashOf(ReadOnlySpan<byte> utf8)
    {
        ulong hash = 0x9E3779B97F4A7C15UL ^ (ulong)utf8.Length;
        while (utf8.Length >= 8)
        {
            hash = (hash ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * 0xff51afd7ed558ccdUL;
            hash ^= hash >> 32;
            utf8 = utf8[8..];
        }
        ulong tail = 0;
        for (var i = 0; i < utf8.Length; i++)
            tail |= (ulong)utf8[i] << (8 * i);
        hash = (hash ^ tail) * 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return (uint)(hash ^ (hash >> 32));
    }
}
