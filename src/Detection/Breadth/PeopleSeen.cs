using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>How many different people one actor saw on one day; who they were is in <see cref="PairSet"/>.</summary>
internal struct PeopleSeen
{
    // Beyond that many, a finding's moment is no longer told to the person.
    private const int MomentsKept = 1 << 16;

    // When each person above the floor came; most actors never have one.
    private List<EventTime>? _moments;

    public int Count { get; private set; }
    public EventTime First { get; private set; }
    public EventTime Last { get; private set; }
    public long Views { get; private set; }
    public long UnissuedViews { get; private set; }
    public int File { get; private set; }
    public long Offset { get; private set; }

    public void See(AccessBatch batch, int row, bool isNew, int floor)
    {
        var time = batch.Time[row];
        if (Views++ == 0)
            (First, Last, File, Offset) = (time, time, batch.File[row], batch.Offset[row]);
        UnissuedViews += (batch.Traits[row] & Trait.Unissued) != 0 ? 1 : 0;
        Last = time > Last ? time : Last;
        if (!isNew || ++Count <= floor)
            return;
        _moments ??= [];
        if (_moments.Count < MomentsKept)
            _moments.Add(time);
    }

    /// <summary>When the actor had seen more people than a threshold, which is the floor or above.</summary>
    public readonly EventTime CrossedAt(double threshold, int floor) =>
        _moments![Math.Min(_moments.Count - 1, (int)Math.Floor(threshold) - floor)];
}
