using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>Counts over sessions that nobody issued.</summary>
internal sealed class UnissuedSum
{
    public const int MostSamples = 5;

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

    public void Add(in SessionPlace place, long rows)
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

    public void Add(UnissuedSum other)
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

    public void Save(BinaryWriter state, Catalog catalog)
    {
        Share.Save(state);
        foreach (var tally in Tallies)
            tally.Save(state, catalog);
        UnissuedSamples.Save(state, [.. Samples.Select(sample => (sample.Key, sample.Value))]);
        state.Write7BitEncodedInt(Hours.Count);
        foreach (var hour in Hours)
            state.Write(hour);
        state.Write(Rows);
        state.WriteTime(First);
        state.WriteTime(Last);
    }

    public void Restore(BinaryReader state, Catalog catalog)
    {
        Share.Restore(state);
        foreach (var tally in Tallies)
            tally.Restore(state, catalog);
        foreach (var (number, location) in UnissuedSamples.Read(state))
            AddSample(number, location);
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            Hours.Add(state.ReadInt64());
        Rows = state.ReadInt64();
        (First, Last) = (state.ReadTime(), state.ReadTime());
    }
}
