using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// How many different people one actor saw on one day, and when each came; who they were is in <see cref="PairSet"/>.
/// </summary>
internal sealed class PeopleSeen
{
    // Beyond that many, a finding's moment is no longer told to the person.
    private const int MomentsKept = 1 << 16;

    private readonly List<EventTime> _moments = [];

    public int Count { get; private set; }
    public EventTime First { get; private set; } = EventTime.Latest;
    public EventTime Last { get; private set; } = EventTime.Earliest;
    public long Views { get; private set; }
    public long UnissuedViews { get; private set; }
    public int File { get; private set; }
    public long Offset { get; private set; }

    public void See(AccessBatch batch, int row, bool isNew)
    {
        Views++;
        UnissuedViews += (batch.Traits[row] & Trait.Unissued) != 0 ? 1 : 0;
        var time = batch.Time[row];
        Last = time > Last ? time : Last;
        if (!isNew)
            return;
        if (Count++ == 0)
            (First, File, Offset) = (time, batch.File[row], batch.Offset[row]);
        if (_moments.Count < MomentsKept)
            _moments.Add(time);
    }

    /// <summary>When the actor had seen more than so many people.</summary>
    public EventTime CrossedAt(double threshold) => _moments[Math.Min(_moments.Count - 1, (int)Math.Floor(threshold))];
}
