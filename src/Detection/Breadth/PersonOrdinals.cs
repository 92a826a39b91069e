using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Accounts as 32-bit numbers, one to one: small integers and numbers of the dictionary as they are, others in the
/// order in which they come.
/// </summary>
internal sealed class PersonOrdinals
{
    private const long Small = 1L << 30;

    private readonly Dictionary<long, uint> _others = [];

    public uint Of(SubjectId account)
    {
        if (account.Value is >= 0 and < Small)
            return (uint)account.Value;
        if (account.Value is < 0 and > -Small)
            return (uint)(Small - account.Value);
        if (!_others.TryGetValue(account.Value, out var ordinal))
            _others.Add(account.Value, ordinal = (uint)(2 * Small + _others.Count));
        return ordinal;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_others.Count);
        foreach (var (account, ordinal) in _others)
        {
            state.Write(account);
            state.Write(ordinal);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _others.Add(state.ReadInt64(), state.ReadUInt32());
    }
}
