using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>Some of the rows that an alarm rests on: enough to say whose they are, and where.</summary>
internal sealed class SessionSample
{
    private const int MostCredentials = 64;
    private const int MostLocations = 5;

    private readonly HashSet<ulong> _credentials = [];
    private readonly List<RecordLocation> _locations = [];

    public long Count { get; private set; }
    public long Unissued { get; private set; }
    public EventTime First { get; private set; } = EventTime.Latest;
    public EventTime Last { get; private set; } = EventTime.Earliest;
    public IReadOnlyCollection<ulong> Credentials => _credentials;
    public IReadOnlyList<RecordLocation> Locations => _locations;

    public void Add(AccessBatch batch, int row, Catalog catalog)
    {
        Count++;
        var time = batch.Time[row];
        First = time < First ? time : First;
        Last = time > Last ? time : Last;
        Unissued += (batch.Traits[row] & Trait.Unissued) != 0 ? 1 : 0;
        if (batch.Credential[row] != 0 && _credentials.Count < MostCredentials)
            _credentials.Add(batch.Credential[row]);
        if (_locations.Count < MostLocations)
            _locations.Add(catalog.LocationOf(batch, row));
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Count);
        state.Write(Unissued);
        state.WriteTime(First);
        state.WriteTime(Last);
        state.Write7BitEncodedInt(_credentials.Count);
        foreach (var credential in _credentials.Order())
            state.Write(credential);
        state.WriteLocations(_locations);
    }

    public static SessionSample Restore(BinaryReader state)
    {
        var sample = new SessionSample { Count = state.ReadInt64(), Unissued = state.ReadInt64() };
        sample.First = state.ReadTime();
        sample.Last = state.ReadTime();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            sample._credentials.Add(state.ReadUInt64());
        sample._locations.AddRange(state.ReadLocations());
        return sample;
    }
}
