using WhoSaw.Records;

namespace WhoSaw.Detection.Spill;

/// <summary>One kind of personal data in one place.</summary>
internal sealed class KindSeen
{
    /// <summary>Texts of the right structure, and those of them whose checksum is right too.</summary>
    public DistinctTexts Structured { get; } = new();
    public DistinctTexts Checked { get; } = new();

    public long Times { get; set; }
    public EventTime First { get; set; } = EventTime.Latest;
    public EventTime Last { get; set; } = EventTime.Earliest;

    /// <summary>When it was beyond doubt; null when it is not.</summary>
    public EventTime? CertainSince { get; set; }

    public void Save(BinaryWriter state)
    {
        Structured.Save(state);
        Checked.Save(state);
        state.Write(Times);
        state.Write(First.Microseconds);
        state.Write(Last.Microseconds);
        state.Write(CertainSince?.Microseconds ?? long.MaxValue);
    }

    public void Restore(BinaryReader state)
    {
        Structured.Restore(state);
        Checked.Restore(state);
        Times = state.ReadInt64();
        First = new EventTime(state.ReadInt64());
        Last = new EventTime(state.ReadInt64());
        var since = state.ReadInt64();
        CertainSince = since == long.MaxValue ? null : new EventTime(since);
    }
}

/// <summary>Where personal data was seen: a field of a source, of requests also the path's shape.</summary>
internal sealed class PlaceSeen
{
    private const int MostSamples = 5;

    public SortedDictionary<SightingKind, KindSeen> Kinds { get; } = [];
    public List<(int File, long Offset)> Samples { get; } = [];
    public SortedSet<string> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>In this run; what only earlier runs saw is not said again.</summary>
    public bool IsSeenNow { get; set; }

    public KindSeen Of(SightingKind kind)
    {
        if (!Kinds.TryGetValue(kind, out var seen))
            Kinds.Add(kind, seen = new KindSeen());
        return seen;
    }

    public void Sample(int file, long offset)
    {
        if (Samples.Count < MostSamples && !Samples.Contains((file, offset)))
            Samples.Add((file, offset));
    }
}
