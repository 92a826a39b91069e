using WhoSaw.Detection.Findings;
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
    private const int MostSamples = 5;

    // A theft of millions must not be held one by one: the oldest are summed first.
    private const int MostOpen = 50_000;

    private readonly Sum _settled = new();

    // Of the settled, those whose record may have been lost in a gap that came within a day.
    private readonly Sum _perhapsLate = new();
    private readonly HashSet<ulong> _late = [];
    private readonly Dictionary<ulong, Open> _open = [];
    private readonly Queue<(EventTime Time, ulong Credential)> _order = [];
    private EventTime _newest = EventTime.Earliest;
    private long _seen;

    /// <summary>Requests of one session that come from the same place.</summary>
    internal readonly record struct Place(Symbol Client, Symbol Network, Symbol Key, Symbol Agent);

    /// <summary>Counts over sessions.</summary>
    internal sealed class Sum
    {
        public SessionShare Share { get; } = new();
        public ActorTally Clients { get; } = new();
        public ActorTally Networks { get; } = new();
        public ActorTally Keys { get; } = new();
        public ActorTally Agents { get; } = new();
        public SortedList<long, RecordLocation> Samples { get; } = [];
        public HashSet<long> Hours { get; } = [];
        public long Rows { get; set; }
        public EventTime First { get; set; } = EventTime.Latest;
        public EventTime Last { get; set; } = EventTime.Earliest;
        public IEnumerable<ActorTally> Tallies => [Clients, Networks, Keys, Agents];

        public void Add(in Place place, long rows)
        {
            Clients.Add(place.Client, rows);
            Networks.Add(place.Network, rows);
            Keys.Add(place.Key, rows);
            Agents.Add(place.Agent, rows);
            Rows += rows;
        }

        public void AddSample(long number, RecordLocation location)
        {
            Samples.TryAdd(number, location);
            if (Samples.Count > MostSamples)
                Samples.RemoveAt(MostSamples);
        }

        public void Add(EventTime time)
        {
            First = time < First ? time : First;
            Last = time > Last ? time : Last;
            Hours.Add(time.Microseconds / EventTime.Hour);
        }

        public void Add(Sum other)
        {
            Share.Add(other.Share);
            foreach (var (tally, its) in Tallies.Zip(other.Tallies))
                tally.Add(its);
            foreach (var (number, location) in other.Samples)
                AddSample(number, location);
            Hours.UnionWith(other.Hours);
            Rows += other.Rows;
            First = other.First < First ? other.First : First;
            Last = other.Last > Last ? other.Last : Last;
        }
    }

    /// <summary>One session; <see cref="Start"/> is that of its first request, if that was seen.</summary>
    internal sealed class Open
    {
        public SessionShare Share { get; } = new();
        public Dictionary<Place, long> Places { get; } = [];
        public List<(long Number, RecordLocation Location)> Samples { get; } = [];
        public HashSet<EventTime> Times { get; } = [];
        public Place? Start { get; set; }
    }

    public long Sessions => _settled.Share.Sessions + _perhapsLate.Share.Sessions
        + _open.Values.Sum(open => open.Share.Sessions);

    public void Add(AccessBatch batch, int row)
    {
        var (time, credential) = (batch.Time[row], batch.Credential[row]);
        var place = new Place(batch.Client[row], batch.Network[row], batch.Key[row], batch.Agent[row]);
        var number = _seen++;
        if ((batch.Traits[row] & Trait.SessionStart) != 0 && _open.TryAdd(credential, new Open { Start = place }))
            _order.Enqueue((time, credential));
        _newest = time > _newest ? time : _newest;
        if (!_open.TryGetValue(credential, out var open))
        {
            var sum = _late.Contains(credential) ? _perhapsLate : _settled;
            sum.Share.Add(batch, row);
            sum.Add(place, 1);
            sum.Add(time);
            if (sum.Samples.Count < MostSamples)
                sum.AddSample(number, catalog.LocationOf(batch, row));
            return;
        }
        open.Share.Add(batch, row);
        open.Places[place] = open.Places.GetValueOrDefault(place) + 1;
        Note(open.Times, time);
        if (open.Samples.Count < MostSamples)
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
            Put(open, isLate ? _perhapsLate : _settled);
        }
    }

    /// <summary>Takes a session out again; null when it is not held by itself any more.</summary>
    public Open? TakeBack(ulong credential) => _open.Remove(credential, out var open) ? open : null;

    /// <summary>All of them, those that began in the day before a gap of the issuer's log apart.</summary>
    public (Sum Sure, Sum PerhapsLate) All(IReadOnlyList<(EventTime From, EventTime To)> silences)
    {
        var (sure, perhapsLate) = (new Sum(), new Sum());
        sure.Add(_settled);
        perhapsLate.Add(_perhapsLate);
        foreach (var (time, credential) in _order)
            if (_open.TryGetValue(credential, out var open))
                Put(open, MayBeLate(time, silences) ? perhapsLate : sure);
        return (sure, perhapsLate);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_seen);
        state.WriteTime(_newest);
        Save(state, _settled);
        Save(state, _perhapsLate);
        state.Write7BitEncodedInt(_late.Count);
        foreach (var credential in _late.Order())
            state.Write(credential);
        var order = _order.Where(each => _open.ContainsKey(each.Credential)).ToList();
        state.Write7BitEncodedInt(order.Count);
        foreach (var (time, credential) in order)
        {
            state.WriteTime(time);
            state.Write(credential);
            Save(state, _open[credential]);
        }
    }

    public void Restore(BinaryReader state)
    {
        (_seen, _newest) = (state.ReadInt64(), state.ReadTime());
        RestoreSum(state, _settled);
        RestoreSum(state, _perhapsLate);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            _late.Add(state.ReadUInt64());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var (time, credential) = (state.ReadTime(), state.ReadUInt64());
            _order.Enqueue((time, credential));
            _open.Add(credential, RestoreOpen(state));
        }
    }

    private static bool MayBeLate(EventTime begun, IReadOnlyList<(EventTime From, EventTime To)> silences) =>
        silences.Any(gap => gap.From > begun && gap.From - begun <= Lateness);

    // The earliest, the latest and one of each hour are enough.
    private static void Note(HashSet<EventTime> times, EventTime time)
    {
        times.Add(time);
        if (times.Count < 16)
            return;
        var kept = times.GroupBy(each => each.Microseconds / EventTime.Hour)
            .SelectMany(hour => new[] { hour.Min(), hour.Max() }).ToList();
        times.Clear();
        times.UnionWith(kept);
    }

    private static void Put(Open open, Sum into)
    {
        into.Share.Add(open.Share);
        foreach (var (place, rows) in open.Places)
            into.Add(place, rows);
        foreach (var time in open.Times)
            into.Add(time);
        foreach (var (number, location) in open.Samples)
            into.AddSample(number, location);
    }

    private void Save(BinaryWriter state, Sum sum)
    {
        sum.Share.Save(state);
        foreach (var tally in sum.Tallies)
            tally.Save(state, catalog);
        SaveSamples(state, [.. sum.Samples.Select(sample => (sample.Key, sample.Value))]);
        state.Write7BitEncodedInt(sum.Hours.Count);
        foreach (var hour in sum.Hours)
            state.Write(hour);
        state.Write(sum.Rows);
        state.WriteTime(sum.First);
        state.WriteTime(sum.Last);
    }

    private void RestoreSum(BinaryReader state, Sum sum)
    {
        sum.Share.Restore(state);
        foreach (var tally in sum.Tallies)
            tally.Restore(state, catalog);
        foreach (var (number, location) in RestoreSamples(state))
            sum.AddSample(number, location);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            sum.Hours.Add(state.ReadInt64());
        sum.Rows = state.ReadInt64();
        (sum.First, sum.Last) = (state.ReadTime(), state.ReadTime());
    }

    private void Save(BinaryWriter state, Open open)
    {
        open.Share.Save(state);
        state.Write(open.Start is not null);
        if (open.Start is { } start)
            Save(state, start);
        state.Write7BitEncodedInt(open.Places.Count);
        foreach (var (place, rows) in open.Places)
        {
            Save(state, place);
            state.Write7BitEncodedInt64(rows);
        }
        SaveSamples(state, open.Samples);
        state.Write7BitEncodedInt(open.Times.Count);
        foreach (var time in open.Times)
            state.WriteTime(time);
    }

    private Open RestoreOpen(BinaryReader state)
    {
        var open = new Open();
        open.Share.Restore(state);
        open.Start = state.ReadBoolean() ? RestorePlace(state) : null;
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            open.Places.Add(RestorePlace(state), state.Read7BitEncodedInt64());
        open.Samples.AddRange(RestoreSamples(state));
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            open.Times.Add(state.ReadTime());
        return open;
    }

    private void Save(BinaryWriter state, in Place place)
    {
        state.WriteSymbol(catalog, place.Client);
        state.WriteSymbol(catalog, place.Network);
        state.WriteSymbol(catalog, place.Key);
        state.WriteSymbol(catalog, place.Agent);
    }

    private Place RestorePlace(BinaryReader state) => new(
        state.ReadSymbol(catalog), state.ReadSymbol(catalog), state.ReadSymbol(catalog), state.ReadSymbol(catalog));

    private static void SaveSamples(BinaryWriter state, List<(long Number, RecordLocation Location)> samples)
    {
        state.Write7BitEncodedInt(samples.Count);
        foreach (var (number, location) in samples)
        {
            state.Write(number);
            state.WriteLocation(location);
        }
    }

    private static List<(long Number, RecordLocation Location)> RestoreSamples(BinaryReader state)
    {
        var samples = new List<(long, RecordLocation)>();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            samples.Add((state.ReadInt64(), state.ReadLocation()));
        return samples;
    }
}
