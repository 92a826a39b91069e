using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Keys;

/// <summary>
/// What the register says of a key, and how it is used. Sessions are counted, not requests: these follow each other.
/// </summary>
internal sealed class KeyUse
{
    private readonly SortedDictionary<int, long> _sessionsByDay = [];
    private readonly Dictionary<int, long> _sessionsByStream = [];

    public KeyUse(string key, IReadOnlyList<KeyHolding> holdings)
    {
        Key = key;
        IsKnown = holdings.Count > 0;
        Created = holdings.All(holding => holding.Created is not null) && IsKnown
            ? holdings.Min(holding => holding.Created!.Value)
            : null;
        foreach (var holding in holdings)
        {
            if (holding.Retired is { } retired && !(Ends?.At <= retired))
                Ends = new Ending(retired, null);
            if (holding.Left is { } left && !(Ends?.At <= left))
                Ends = new Ending(left, holding.Holder);
        }
    }

    /// <param name="Holder">Who left; null when the key was retired.</param>
    public sealed record Ending(EventTime At, string? Holder);

    /// <summary>Rows of one kind: since when, until when, and one of them.</summary>
    public sealed class Stretch
    {
        public EventTime First { get; private set; } = EventTime.Latest;
        public EventTime Last { get; private set; } = EventTime.Earliest;
        public RecordLocation? Sample { get; private set; }
        public bool IsAny => Sample is not null;

        public void Add(AccessBatch batch, int row, Catalog catalog)
        {
            var time = batch.Time[row];
            if (time > Last)
                Last = time;
            if (time >= First)
                return;
            (First, Sample) = (time, catalog.LocationOf(batch, row));
        }

        public void Save(BinaryWriter state)
        {
            state.WriteTime(First);
            state.WriteTime(Last);
            state.WriteLocations(Sample is null ? [] : [Sample]);
        }

        public void Restore(BinaryReader state) =>
            (First, Last, Sample) = (state.ReadTime(), state.ReadTime(), state.ReadLocations().FirstOrDefault());
    }

    public string Key { get; }
    public bool IsKnown { get; }
    public EventTime? Created { get; }

    /// <summary>The end of good custody that comes first: the key's retirement, or the leaving of a holder.</summary>
    public Ending? Ends { get; }

    public Stretch All { get; } = new();
    public Stretch AfterEnd { get; } = new();
    public Stretch BeforeCreated { get; } = new();
    public IReadOnlyDictionary<int, long> SessionsByDay => _sessionsByDay;
    public IReadOnlyDictionary<int, long> SessionsByStream => _sessionsByStream;

    public void See(AccessBatch batch, int row, Catalog catalog)
    {
        var time = batch.Time[row];
        All.Add(batch, row, catalog);
        if (time >= Ends?.At)
            AfterEnd.Add(batch, row, catalog);
        // A day for the time zone of whoever wrote the register.
        if (time < Created?.Plus(-EventTime.Day))
            BeforeCreated.Add(batch, row, catalog);
        if ((batch.Traits[row] & Trait.SessionStart) == 0)
            return;
        _sessionsByDay[time.DayNumber] = _sessionsByDay.GetValueOrDefault(time.DayNumber) + 1;
        _sessionsByStream[batch.Stream[row]] = _sessionsByStream.GetValueOrDefault(batch.Stream[row]) + 1;
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        foreach (var stretch in new[] { All, AfterEnd, BeforeCreated })
            stretch.Save(state);
        state.Write(_sessionsByDay.Count);
        foreach (var (day, sessions) in _sessionsByDay)
        {
            state.Write(day);
            state.Write(sessions);
        }
        state.Write(_sessionsByStream.Count);
        foreach (var (stream, sessions) in _sessionsByStream)
        {
            state.Write(catalog.Sources[catalog.Streams[stream].Source]);
            state.Write(catalog.Streams[stream].Name);
            state.Write(sessions);
        }
    }

    /// <summary>A stream that there is no longer is passed over.</summary>
    public void Restore(BinaryReader state, Catalog catalog)
    {
        foreach (var stretch in new[] { All, AfterEnd, BeforeCreated })
            stretch.Restore(state);
        for (var left = state.ReadInt32(); left > 0; left--)
            _sessionsByDay[state.ReadInt32()] = state.ReadInt64();
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var (source, name, sessions) = (state.ReadString(), state.ReadString(), state.ReadInt64());
            for (var stream = 0; stream < catalog.Streams.Count; stream++)
                if (catalog.Streams[stream].Name == name && catalog.Sources[catalog.Streams[stream].Source] == source)
                    _sessionsByStream[stream] = sessions;
        }
    }
}
