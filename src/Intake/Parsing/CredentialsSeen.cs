namespace WhoSaw.Intake.Parsing;

/// <summary>The credentials of one block.</summary>
internal sealed class CredentialsSeen
{
    private ulong[] _slots = new ulong[1 << 12];
    private int _count;

    public void Clear()
    {
        if (_count > 0)
            Array.Clear(_slots);
        _count = 0;
    }

    /// <summary>True when the block has not had it before; 0 is no credential.</summary>
    public bool Add(ulong credential)
    {
        var mask = (ulong)_slots.Length - 1;
        // A fingerprint is as good as random: its low bits are the hash.
        for (var slot = credential & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] == credential)
                return false;
            if (_slots[slot] != 0)
                continue;
            _slots[slot] = credential;
            if (++_count * 2 > _slots.Length)
                Grow();
            return true;
        }
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 2];
        _count = 0;
        foreach (var credential in old)
            if (credential != 0)
                Add(credential);
    }
}
