using ParquetSharp;

namespace WhoSaw.Ledger;

/// <summary>From a text's key to its copy in the arena; open addressing, no key 0.</summary>
internal sealed class KeyMap
{
    private const uint Spread = 0x9E3779B9;
    private const int Smallest = 1 << 10;
    private int[] _keys = new int[Smallest];
    private ByteArray[] _texts = new ByteArray[Smallest];
    private int _mask = Smallest - 1;
    private int _count;

    public void Clear()
    {
        _mask = Smallest - 1;
        _count = 0;
        _keys.AsSpan(0, Smallest).Clear();
    }

    /// <summary>The place of the key's text; to be set by the caller when it was added.</summary>
    public ref ByteArray At(int key, out bool added)
    {
        var slot = Slot(key);
        added = _keys[slot] == 0;
        if (added && ++_count * 2 > _mask)
        {
            Grow();
            slot = Slot(key);
        }
        _keys[slot] = key;
        return ref _texts[slot];
    }

    private int Slot(int key)
    {
        var slot = (int)(((uint)key * Spread) >> 7) & _mask;
        while (_keys[slot] != 0 && _keys[slot] != key)
            slot = (slot + 1) & _mask;
        return slot;
    }

    private void Grow()
    {
        var (keys, texts) = (_keys.AsSpan(0, _mask + 1).ToArray(), _texts.AsSpan(0, _mask + 1).ToArray());
        var size = (_mask + 1) * 2;
        if (_keys.Length < size)
        {
            _keys = new int[size];
            _texts = new ByteArray[size];
        }
        else
        {
            _keys.AsSpan(0, size).Clear();
        }
        _mask = size - 1;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0)
                continue;
            var slot = Slot(keys[i]);
            _keys[slot] = keys[i];
            _texts[slot] = texts[i];
        }
    }
}
