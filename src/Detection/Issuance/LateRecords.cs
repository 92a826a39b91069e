using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// Sessions that no issuer record explained when they began, for as long as one may still come: a scan sorts issuer
/// records a day ahead, a watch gets them when they are written. The oldest are given up first when there are too many.
/// </summary>
internal sealed class LateRecords
{
    private const long Lateness = EventTime.Day;
    private const int Most = 1 << 20;

    private readonly Dictionary<ulong, Begun> _awaited = [];
    private readonly Queue<(EventTime Time, ulong Credential)> _order = [];
    private List<ulong> _found = [];

    /// <summary>How a session began, and as what it was counted.</summary>
    public readonly record struct Begun(EventTime Time, bool IsLogin, bool IsUnexplained, bool IsPerhapsOlder);

    public void Await(ulong credential, Begun begun)
    {
        if (!_awaited.TryAdd(credential, begun))
            return;
        _order.Enqueue((begun.Time, credential));
        while (_order.Count > Most || begun.Time - _order.Peek().Time > Lateness)
            _awaited.Remove(_order.Dequeue().Credential);
    }

    /// <summary>A record came: how its session had begun, when it was awaited.</summary>
    public Begun? Find(ulong credential, EventTime time)
    {
        if (_awaited.Count == 0 || !_awaited.Remove(credential, out var begun) || time - begun.Time > Lateness)
            return null;
        _found.Add(credential);
        return begun;
    }

    public IReadOnlyList<ulong> Take()
    {
        if (_found.Count == 0)
            return [];
        var found = _found;
        _found = [];
        return found;
    }

    public void Save(BinaryWriter state)
    {
        var awaited = _order.Where(each => _awaited.ContainsKey(each.Credential)).ToList();
        state.Write(awaited.Count);
        foreach (var (_, credential) in awaited)
        {
            var begun = _awaited[credential];
            state.Write(credential);
            state.WriteTime(begun.Time);
            state.Write(begun.IsLogin);
            state.Write(begun.IsUnexplained);
            state.Write(begun.IsPerhapsOlder);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            Await(
                state.ReadUInt64(),
                new Begun(state.ReadTime(), state.ReadBoolean(), state.ReadBoolean(), state.ReadBoolean()));
    }
}
