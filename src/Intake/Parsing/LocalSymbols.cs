using WhoSaw.Records;

namespace WhoSaw.Intake.Parsing;

/// <summary>
/// The strings of one block, each once; numbered from 1. Merging gives them their numbers in the catalog.
/// </summary>
internal sealed class LocalSymbols
{
    private int[] _buckets = new int[1 << 13];
    private Entry[] _entries = new Entry[1 << 12];
    private uint[] _hashes = new uint[1 << 12];
    private byte[] _arena = new byte[1 << 18];
    private int _used;

    private readonly record struct Entry(int Start, int Length);

    public int Count { get; private set; } = 1;

    public void Clear()
    {
        Array.Clear(_buckets);
        Count = 1;
        _used = 0;
    }

    public ReadOnlySpan<byte> this[int index] => _arena.AsSpan(_entries[index].Start, _entries[index].Length);

    /// <summary><see cref="SymbolTable.HashOf"/> of each, from number 0 on, which is none.</summary>
    public ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, Count);

    public int Intern(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        var hash = SymbolTable.HashOf(text);
        var mask = (uint)(_buckets.Length - 1);
        var slot = hash & mask;
        while (_buckets[slot] is var index && index != 0)
        {
            if (_hashes[index] == hash && this[index].SequenceEqual(text))
                return index;
            slot = (slot + 1) & mask;
        }
        var added = Append(text, hash);
        _buckets[slot] = added;
        if (Count * 2 > _buckets.Length)
            Grow();
        return added;
    }

    private int Append(ReadOnlySpan<byte> text, uint hash)
    {
        if (_used + text.Length > _arena.Length)
            Array.Resize(ref _arena, Math.Max(_arena.Length * 2, _used + text.Length));
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }
        text.CopyTo(_arena.AsSpan(_used));
        _entries[Count] = new Entry(_used, text.Length);
        _hashes[Count] = hash;
        _used += text.Length;
        return Count++;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        var mask = (uint)(_buckets.Length - 1);
        for (var index = 1; index < Count; index++)
        {
            var slot = _hashes[index] & mask;
            while (_buckets[slot] != 0)
                slot = (slot + 1) & mask;
            _buckets[slot] = index;
        }
    }
}
