using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>
/// One session that nobody issued, held by itself while its record may still come. <see cref="Start"/> is where its
/// first request came from, if that was seen.
/// </summary>
internal sealed class UnissuedSession
{
    // With so many times each hour's first and last are kept alone.
    private const int ManyTimes = 16;

    private readonly Dictionary<SessionPlace, long> _places = [];
    private readonly HashSet<EventTime> _times = [];

    public SessionShare Share { get; private init; } = new();
    public List<(long Number, RecordLocation Location)> Samples { get; } = [];
    public SessionPlace? Start { get; init; }

    public void Add(AccessBatch batch, int row, in SessionPlace place)
    {
        Share.Add(batch, row);
        _places[place] = _places.GetValueOrDefault(place) + 1;
        Note(batch.Time[row]);
    }

    public void AddTo(UnissuedSum sum)
    {
        sum.Share.Add(Share);
        foreach (var (place, rows) in _places)
            sum.Add(place, rows);
        foreach (var time in _times)
            sum.Add(time);
        foreach (var (number, location) in Samples)
            sum.AddSample(number, location);
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        Share.Save(state);
        state.Write(Start is not null);
        Start?.Save(state, catalog);
        state.Write7BitEncodedInt(_places.Count);
        foreach (var (place, rows) in _places)
        {
            place.Save(state, catalog);
            state.Write7BitEncodedInt64(rows);
        }
        UnissuedSamples.Save(state, Samples);
        state.Write7BitEncodedInt(_times.Count);
        foreach (var time in _times)
            state.WriteTime(time);
    }

    public static UnissuedSession Restored(BinaryReader state, Catalog catalog)
    {
        var share = new SessionShare();
        share.Restore(state);
        var session = new UnissuedSession
        {
            Share = share,
            Start = state.ReadBoolean() ? SessionPlace.Restored(state, catalog) : null,
        };
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            session._places.Add(SessionPlace.Restored(state, catalog), state.Read7BitEncodedInt64());
        session.Samples.AddRange(UnissuedSamples.Read(state));
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            session._times.Add(state.ReadTime());
        return session;
    }

    private void Note(EventTime time)
    {
        _times.Add(time);
        if (_times.Count < ManyTimes)
            return;
        var kept = _times.GroupBy(each => each.Microseconds / EventTime.Hour)
            .SelectMany(hour => new[] { hour.Min(), hour.Max() }).ToList();
        _times.Clear();
        _times.UnionWith(kept);
    }
}
