using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Saving;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>What one reader saw in one window of time; who the people were is in a <see cref="PeopleSet"/>.</summary>
internal sealed class WindowCount(int number)
{
    // The moments of that many people above the floor are kept one by one, of the others each hundredth part.
    private const int EachMoment = 256;

    private List<(int Count, EventTime Time)>? _moments;

    /// <summary>Which hour, day, month or year it is, counted in local time from 1970.</summary>
    public int Number => number;

    public int Count { get; private set; }
    public EventTime First { get; private set; }
    public EventTime Last { get; private set; }
    public long Views { get; private set; }
    public long UnissuedViews { get; private set; }

    /// <summary>Of the rows above the floor; null while there is none.</summary>
    public SessionSample? Sample { get; private set; }

    public void See(AccessBatch batch, int row, Catalog catalog, bool isNew, int count, int floor)
    {
        var time = batch.Time[row];
        if (Views++ == 0)
            (First, Last) = (time, time);
        UnissuedViews += (batch.Traits[row] & Trait.Unissued) != 0 ? 1 : 0;
        Last = time > Last ? time : Last;
        First = time < First ? time : First;
        Count = count;
        if (!isNew || count <= floor)
            return;
        (Sample ??= new SessionSample()).Add(batch, row, catalog);
        _moments ??= [];
        if (_moments.Count < EachMoment || count >= _moments[^1].Count * 1.01)
            _moments.Add((count, time));
    }

    /// <summary>When the reader had seen more people than a threshold, which is the floor or above.</summary>
    public EventTime CrossedAt(double threshold)
    {
        foreach (var (count, time) in _moments ?? [])
            if (count > threshold)
                return time;
        return Last;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(number);
        state.Write(Count);
        state.WriteTime(First);
        state.WriteTime(Last);
        state.Write(Views);
        state.Write(UnissuedViews);
        state.Write(Sample is not null);
        Sample?.Save(state);
        state.Write7BitEncodedInt(_moments?.Count ?? 0);
        foreach (var (count, time) in _moments ?? [])
        {
            state.Write(count);
            state.WriteTime(time);
        }
    }

    public static WindowCount Restore(BinaryReader state)
    {
        var window = new WindowCount(state.ReadInt32())
        {
            Count = state.ReadInt32(),
            First = state.ReadTime(),
            Last = state.ReadTime(),
            Views = state.ReadInt64(),
            UnissuedViews = state.ReadInt64(),
            Sample = state.ReadBoolean() ? SessionSample.Restore(state) : null,
        };
        var moments = state.Read7BitEncodedInt();
        if (moments > 0)
            window._moments = [];
        for (; moments > 0; moments--)
            window._moments!.Add((state.ReadInt32(), state.ReadTime()));
        return window;
    }
}
