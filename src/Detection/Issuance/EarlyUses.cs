using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// How many sessions are used before the time that their own issuer record carries, counted over one credential in
/// sixteen. Where some are, a gap of the issuer's log takes the records of earlier sessions with it.
/// </summary>
internal sealed class EarlyUses
{
    private const ulong Sample = 16;
    private const long Tolerance = EventTime.Minute;
    private const int MostAwaited = 1 << 16;

    private readonly Dictionary<ulong, EventTime> _awaited = [];
    private EventTime _newest = EventTime.Earliest;

    public long Sessions { get; private set; }
    public long Early { get; private set; }

    /// <summary>The first record of a credential, before its first use was seen.</summary>
    public void Issue(ulong credential, EventTime time)
    {
        if (credential % Sample != 0)
            return;
        _newest = time > _newest ? time : _newest;
        if (_awaited.Count >= MostAwaited)
            foreach (var old in _awaited.Where(each => _newest - each.Value > 2 * EventTime.Day).ToList())
                _awaited.Remove(old.Key);
        if (_awaited.Count < MostAwaited)
            _awaited.TryAdd(credential, time);
    }

    /// <summary>The first use of a credential whose record is there.</summary>
    public void Use(ulong credential, EventTime time)
    {
        if (credential % Sample == 0 && _awaited.Remove(credential, out var issued))
            Count(issued - time > Tolerance);
    }

    /// <summary>The record of a credential that was used already.</summary>
    public void IssueLate(ulong credential, EventTime used, EventTime time)
    {
        if (credential % Sample == 0)
            Count(time - used > Tolerance);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Sessions);
        state.Write(Early);
        state.Write7BitEncodedInt(_awaited.Count);
        foreach (var (credential, time) in _awaited.OrderBy(each => each.Key))
        {
            state.Write(credential);
            state.WriteTime(time);
        }
    }

    public void Restore(BinaryReader state)
    {
        (Sessions, Early) = (state.ReadInt64(), state.ReadInt64());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            Issue(state.ReadUInt64(), state.ReadTime());
    }

    private void Count(bool isEarly)
    {
        Sessions++;
        Early += isEarly ? 1 : 0;
    }
}
