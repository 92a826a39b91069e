using System.Numerics;
using System.Runtime.InteropServices;

namespace WhoSaw.Scoping.Columns;

/// <summary>Different texts by number, in UTF-8; 0 is no text.</summary>
internal sealed class TextTable
{
    private readonly List<byte[]> _texts = [[]];
    private readonly List<uint> _hashes = [0];
    private int[] _slots = new int[256];

    /// <summary>Numbers in use, 0 counted.</summary>
    public int Count => _texts.Count;

    public void Clear()
    {
        _texts.RemoveRange(1, _texts.Count - 1);
        _hashes.RemoveRange(1, _hashes.Count - 1);
        _slots = new int[256];
    }

    /// <summary>The text's number; 0 where the table does not have it.</summary>
    public int Find(ReadOnlySpan<byte> text) => Find(text, Hash(text));

    /// <summary>The text's number, a new one where the table did not have it.</summary>
    public int NumberOf(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        return Find(text, hash) is > 0 and var number ? number : Add(text, hash);
    }

    private int Find(ReadOnlySpan<byte> text, uint hash)
    {
        for (var slot = hash & (uint)(_slots.Length - 1); ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var number = _slots[slot];
            if (number == 0 || (_hashes[number] == hash && text.SequenceEqual(_texts[number])))
                return number;
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash)
    {
        _texts.Add(text.ToArray());
        _hashes.Add(hash);
        if (_texts.Count * 2 > _slots.Length)
            _slots = new int[_slots.Length * 2];
        else
            return Place(_texts.Count - 1, hash);
        for (var number = 1; number < _texts.Count; number++)
            Place(number, _hashes[number]);
        return _texts.Count - 1;
    }

    private int Place(int number, uint hash)
    {
        var slot = hash & (uint)(_slots.Length - 1);
        while (_slots[slot] != 0)
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        return _slots[slot] = number;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
        var words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (var word in words)
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0xBF58476D1CE4E5B9;
        foreach (var letter in text[(words.Length * 8)..])
            hash = (BitOperations.RotateLeft(hash, 9) ^ letter) * 0x94D049BB133111EB;
        return (uint)((hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15 >> 32);
    }
}
