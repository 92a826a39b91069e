using WhoSaw.Detection.Saving;
using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Dormancy;

/// <summary>The days of one principal in one operation, by the address that it worked from.</summary>
internal sealed class ReaderDays
{
    private readonly SortedDictionary<int, Dictionary<Symbol, DayOfReads>> _days = [];
    private (int Day, Symbol Client, DayOfReads? Reads) _latest;

    public IEnumerable<int> Days => _days.Keys;
    public int Entries { get; private set; }
    public IEnumerable<Symbol> Clients => _days.Values.SelectMany(day => day.Keys).Distinct();

    public IReadOnlyDictionary<Symbol, DayOfReads> this[int day] => _days[day];

    /// <summary>Null where there is none yet.</summary>
    public DayOfReads? Find(int day, Symbol client)
    {
        if (_latest.Reads is null || _latest.Day != day || _latest.Client != client)
            _latest = (day, client, _days.GetValueOrDefault(day)?.GetValueOrDefault(client));
        return _latest.Reads;
    }

    public DayOfReads Add(int day, Symbol client)
    {
        if (!_days.TryGetValue(day, out var clients))
            _days.Add(day, clients = []);
        var added = new DayOfReads();
        clients.Add(client, added);
        Entries++;
        return added;
    }

    /// <summary>A day begins: those before yesterday are over, and the oldest are forgotten.</summary>
    public void Turn(int day)
    {
        _latest = default;
        foreach (var over in _days.Keys.Where(old => old < day - 1).ToList())
            if (over > day - DayCounts.Remembered)
                foreach (var reads in _days[over].Values)
                    reads.Close();
            else if (_days.Remove(over, out var forgotten))
                Entries -= forgotten.Count;
    }

    public void Save(BinaryWriter state, Catalog catalog)
    {
        state.Write7BitEncodedInt(Entries);
        foreach (var (day, clients) in _days)
            foreach (var (client, reads) in clients)
            {
                state.Write(day);
                state.WriteSymbol(catalog, client);
                reads.Save(state);
            }
    }

    public static ReaderDays Restore(BinaryReader state, Catalog catalog)
    {
        var reader = new ReaderDays();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var (day, client) = (state.ReadInt32(), state.ReadSymbol(catalog));
            if (!reader._days.TryGetValue(day, out var clients))
                reader._days.Add(day, clients = []);
            clients.Add(client, DayOfReads.Restore(state));
            reader.Entries++;
        }
        return reader;
    }
}
