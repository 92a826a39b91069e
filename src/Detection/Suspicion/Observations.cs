using System.Collections;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Observations in their order, in parts that stay where they are as more come: millions of them are looked at in place
/// and never copied.
/// </summary>
internal sealed class Observations : IEnumerable<Observation>
{
    private const int PartBits = 13;
    private const int PartSize = 1 << PartBits;

    private readonly List<Observation[]> _parts = [];

    public int Count { get; private set; }

    public ref Observation this[int place]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)Count, nameof(place));
            return ref _parts[place >> PartBits][place & (PartSize - 1)];
        }
    }

    public void Add(Observation observation)
    {
        if (Count >> PartBits == _parts.Count)
            _parts.Add(new Observation[PartSize]);
        _parts[^1][Count & (PartSize - 1)] = observation;
        Count++;
    }

    /// <summary>So many from the first on are no more.</summary>
    public void RemoveFirst(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count, nameof(count));
        for (var place = count; place < Count; place++)
            this[place - count] = this[place];
        Count -= count;
        var kept = (Count + PartSize - 1) >> PartBits;
        _parts.RemoveRange(kept, _parts.Count - kept);
    }

    public IEnumerator<Observation> GetEnumerator()
    {
        for (var place = 0; place < Count; place++)
            yield return this[place];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
