using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Dormancy;

/// <summary>What a principal read on a day from one address, and how many different dormant accounts it was.</summary>
internal sealed class DayOfReads
{
    // Each of the first dormant accounts has its moment, of the others each hundredth part.
    private const int EachMoment = 64;

    // So many are told apart; further ones count each time.
    private const int MostToldApart = 100_000;

    private readonly List<(int Reads, int Dormant, EventTime Time)> _moments = [];
    private Stretch _stretch;
    private HashSet<long>? _seen = [];

    public int Reads { get; private set; }
    public int Dormant { get; private set; }
    public EventTime First => _stretch.First;
    public EventTime Last => _stretch.Last;

    /// <summary>Of a dormant account.</summary>
    public List<RecordLocation> Samples { get; } = [];

    public void See(AccessBatch batch, int row, Catalog catalog)
    {
        Reads++;
        _stretch.See(batch.Time[row]);
        if ((batch.Traits[row] & Trait.Dormant) == 0 || _seen is null
            || (_seen.Count < MostToldApart && !_seen.Add(batch.Subject[row].Value)))
            return;
        Dormant++;
        if (Samples.Count < 5)
            Samples.Add(catalog.LocationOf(batch, row));
        if (_moments.Count < EachMoment || Dormant >= _moments[^1].Dormant * 1.01)
            _moments.Add((Reads, Dormant, batch.Time[row]));
    }

    /// <summary>The day is over: whom it showed is not needed any more, and what comes late is not counted as dormant.
    /// </summary>
    public void Close() => _seen = null;

    /// <summary>The first moment at which so many reads and dormant accounts were enough.</summary>
    public EventTime FirstMoment(Func<int, int, bool> areEnough)
    {
        foreach (var (reads, dormant, time) in _moments)
            if (areEnough(reads, dormant))
                return time;
        return Last;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Reads);
        state.Write(Dormant);
        _stretch.Save(state);
        state.WriteLocations(Samples);
        state.Write7BitEncodedInt(_moments.Count);
        foreach (var (reads, dormant, time) in _moments)
        {
            state.Write(reads);
            state.Write(dormant);
            state.WriteTime(time);
        }
        state.Write7BitEncodedInt(_seen?.Count ?? -1);
        foreach (var account in _seen?.Order() ?? Enumerable.Empty<long>())
            state.Write(account);
    }

    public static DayOfReads Restore(BinaryReader state)
    {
        var day = new DayOfReads { Reads = state.ReadInt32(), Dormant = state.ReadInt32() };
        day._stretch = Stretch.Restore(state);
        day.Samples.AddRange(state.ReadLocations());
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
            day._moments.Add((state.ReadInt32(), state.ReadInt32(), state.ReadTime()));
        var seen = state.Read7BitEncodedInt();
        day._seen = seen < 0 ? null : [];
        for (; seen > 0; seen--)
            day._seen!.Add(state.ReadInt64());
        return day;
    }
}
