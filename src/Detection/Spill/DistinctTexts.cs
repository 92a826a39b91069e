namespace WhoSaw.Detection.Spill;

/// <summary>
/// How many different texts, by keyed hashes: exact up to a limit, then by a sample of the hashes (adaptive sampling,
/// Wegman; Flajolet 1990) with a standard error of about 1.2/√limit. The order of arrival changes nothing.
/// </summary>
internal sealed class DistinctTexts
{
    private const int Limit = 1 << 14;
    private readonly HashSet<ulong> _kept = [];
    private int _halvings;

    public long Count => (long)_kept.Count << _halvings;

    public bool IsExact => _halvings == 0;

    /// <summary>Whether the text is new, as far as is kept.</summary>
    public bool Add(ulong hash)
    {
        if (!IsKept(hash) || !_kept.Add(hash))
            return false;
        while (_kept.Count > Limit)
        {
            _halvings++;
            _kept.RemoveWhere(each => !IsKept(each));
        }
        return true;
    }

    public void Save(BinaryWriter state)
    {
        state.Write((byte)_halvings);
        state.Write(_kept.Count);
        foreach (var hash in _kept)
            state.Write(hash);
    }

    public void Restore(BinaryReader state)
    {
        _halvings = state.ReadByte();
        for (var left = state.ReadInt32(); left > 0; left--)
            _kept.Add(state.ReadUInt64());
    }

    private bool IsKept(ulong hash) => _halvings == 0 || hash >> (64 - _halvings) == 0;
}
