namespace WhoSaw.Detection;

/// <summary>
/// A value for each credential: open addressing, no deletion, credential 0 is none. A fingerprint is as good as random,
/// so its bits are the hash.
/// </summary>
internal sealed class CredentialTable<T>
    where T : struct
{
    private ulong[] _keys = new ulong[1 << 12];
    private T[] _values = new T[1 << 12];

    public int Count { get; private set; }

    /// <summary>The value of a credential; false when it has none.</summary>
    public bool TryGet(ulong credential, out T value)
    {
        var slot = SlotOf(credential);
        value = _values[slot];
        return _keys[slot] == credential;
    }

    /// <summary>The place of the credential's value, made when it is new.</summary>
    public ref T GetOrAdd(ulong credential, out bool exists)
    {
        var slot = SlotOf(credential);
        exists = _keys[slot] == credential;
        if (exists)
            return ref _values[slot];
        if ((Count + 1) * 10L > _keys.Length * 7L)
        {
            Grow();
            slot = SlotOf(credential);
        }
        _keys[slot] = credential;
        Count++;
        return ref _values[slot];
    }

    public IEnumerable<(ulong Credential, T Value)> All()
    {
        for (var slot = 0; slot < _keys.Length; slot++)
            if (_keys[slot] != 0)
                yield return (_keys[slot], _values[slot]);
    }

    private int SlotOf(ulong credential)
    {
        var mask = (ulong)_keys.Length - 1;
        var slot = credential & mask;
        while (_keys[slot] != credential && _keys[slot] != 0)
            slot = (slot + 1) & mask;
        return (int)slot;
    }

    private void Grow()
    {
        var (keys, values) = (_keys, _values);
        _keys = new ulong[keys.Length * 2];
        _values = new T[keys.Length * 2];
        for (var old = 0; old < keys.Length; old++)
        {
            if (keys[old] == 0)
                continue;
            var slot = SlotOf(keys[old]);
            _keys[slot] = keys[old];
            _values[slot] = values[old];
        }
    }
}
