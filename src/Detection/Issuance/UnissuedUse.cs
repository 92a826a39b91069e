using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// What sessions did that nobody issued. Those that began within a day are held one by one, for a record may still come
/// and take them out; the others are only summed.
/// </summary>
internal sealed class UnissuedUse(Catalog catalog)
{
    private const long Lateness = EventTime.Day;

    // A theft of millions must not be held one by one: the oldest are summed first.
    private const int MostOpen = 50_000;

    private readonly UnissuedSum _settled = new();

    // Of the settled, those whose record may have been lost in a gap that came within a day.
    private readonly UnissuedSum _perhapsLate = new();
    private readonly HashSet<ulong> _late = [];
    private readonly Dictionary<ulong, UnissuedSession> _open = [];
    private readonly Queue<(EventTime Time, ulong Credential)> _order = [];
    private EventTime _newest = EventTime.Earliest;
    private long _seen;

    public long Sessions => _settled.Share.Sessions + _perhapsLate.Share.Sessions
        + _open.Values.Sum(open => open.Share.Sessions);

    public void Add(AccessBatch batch, int row)
    {
        var (time, credential) = (batch.Time[row], batch.Credential[row]);
        var place = new SessionPlace(batch.Client[row], batch.Network[row], batch.Key[row], batch.Agent[row]);
        var number = _seen++;
        if ((batch.Traits[row] & Trait.SessionStart) != 0
            && _open.TryAdd(credential, new UnissuedSession { Start = place }))
            _order.Enqueue((time, credential));
        _newest = time > _newest ? time : _newest;
        if (!_open.TryGetValue(credential, out var open))
        {
            var sum = _late.Contains(credential) ? _perhapsLate : _settled;
            sum.Share.Add(batch, row);
            sum.Add(place, 1);
            sum.Add(time);
            if (sum.Samples.Count < UnissuedSum.MostSamples)
                sum.AddSample(number, catalog.LocationOf(batch, row));
            return;
        }
        open.Add(batch, row, place);
        if (open.Samples.Count < UnissuedSum.MostSamples)
            open.Samples.Add((number, catalog.LocationOf(batch, row)));
    }

    /// <summary>
    /// Sums those whose records can come no more. Between batches, for a record takes its session back after its batch.
    /// </summary>
    /// <param name="silences">The gaps of the issuer's log since a time: each batch asks, so not for all.</param>
    public void Settle(Func<EventTime, IReadOnlyList<(EventTime From, EventTime To)>> silences)
    {
        IReadOnlyList<(EventTime From, EventTime To)>? known = null;
        while (_order.Count > MostOpen || (_order.Count > 0 && _newest - _order.Peek().Time > Lateness))
        {
            var (time, credential) = _order.Dequeue();
            if (!_open.Remove(credential, out var open))
                continue;
            var isLate = MayBeLate(time, known ??= silences(time.Plus(-Lateness)));
            if (isLate)
                _late.Add(credential);
            open.AddTo(isLate ? _perhapsLate : _settled);
        }
    }

    /// <summary>Takes a session out again; null when it is not held by itself any more.</summary>
    public UnissuedSession? TakeBack(ulong credential) => _open.Remove(credential, out var open) ? open : null;

    /// <summary>All of them, those that began in the day before a gap of the issuer's log apart.</summary>
    public (UnissuedSum Sure, UnissuedSum PerhapsLate) All(IReadOnlyList<(EventTime From, EventTime To)> silences)
    {
        var (sure, perhapsLate) = (new UnissuedSum(), new UnissuedSum());
        sure.Add(_settled);
        perhapsLate.Add(_perhapsLate);
        foreach (var (time, credential) in _order)
            if (_open.TryGetValue(credential, out var open))
                open.AddTo(MayBeLate(time, silences) ? perhapsLate : sure);
        return (sure, perhapsLate);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_seen);
        state.WriteTime(_newest);
        _settled.Save(state, catalog);
        _perhapsLate.Save(state, catalog);
        state.Write7BitEncodedInt(_late.Count);
        foreach (var credential in _late.Order())
            state.Write(credential);
        var order = _order.Where(each => _open.ContainsKey(each.Credential)).ToList();
        state.Write7BitEncodedInt(order.Count);
        foreach (var (time, credential) in order)
        {
            state.WriteTime(time);
            state.Write(credential);
            _open[credential].Save(state, catalog);
        }
    }

    public void Restore(BinaryReader state)
    {
        (_seen, _newest) = (state.ReadInt64(), state.ReadTime());
        _settled.Restore(state, catalog);
        _perhapsLate.Restore(state, catalog);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _late.Add(state.ReadUInt64());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var (time, credential) = (state.ReadTime(), state.ReadUInt64());
            _order.Enqueue((time, credential));
            _open.Add(credential, UnissuedSession.Restored(state, catalog));
        }
    }

    private static bool MayBeLate(EventTime begun, IReadOnlyList<(EventTime From, EventTime To)> silences) =>
        silences.Any(gap => gap.From > begun && gap.From - begun <= Lateness);
}
