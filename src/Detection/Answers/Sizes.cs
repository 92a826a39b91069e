namespace WhoSaw.Detection.Answers;

/// <summary>How long answers are: counts in bins of an eighth of an octave, 9 % wide.</summary>
internal sealed class Sizes
{
    private const int Bins = 8 * 40;
    private readonly int[] _counts = new int[Bins];

    public int Count { get; private set; }

    public static int BinOf(double bytes) => Math.Clamp((int)(8 * Math.Log2(Math.Max(1, bytes))), 0, Bins - 1);

    /// <summary>The least size of a bin.</summary>
    public static double LowOf(int bin) => Math.Pow(2, bin / 8.0);

    public void Add(double bytes)
    {
        _counts[BinOf(bytes)]++;
        Count++;
    }

    public void Add(Sizes other)
    {
        for (var bin = 0; bin < Bins; bin++)
            _counts[bin] += other._counts[bin];
        Count += other.Count;
    }

    public Sizes Copy()
    {
        var copy = new Sizes();
        copy.Add(this);
        return copy;
    }

    /// <summary>The bin of that share of the answers, from the shortest; there must be one.</summary>
    public int Quantile(double share)
    {
        var left = share * Count;
        for (var bin = 0; bin < Bins; bin++)
            if ((left -= _counts[bin]) < 0)
                return bin;
        return Array.FindLastIndex(_counts, count => count > 0);
    }

    public double ShareAbove(int bin) => _counts.AsSpan((bin + 1)..).ToArray().Sum() / (double)Count;

    public void Save(BinaryWriter state)
    {
        var used = Enumerable.Range(0, Bins).Where(bin => _counts[bin] > 0).ToList();
        state.Write7BitEncodedInt(used.Count);
        foreach (var bin in used)
        {
            state.Write7BitEncodedInt(bin);
            state.Write7BitEncodedInt(_counts[bin]);
        }
    }

    public static Sizes Restore(BinaryReader state)
    {
        var sizes = new Sizes();
        for (var left = state.Read7BitEncodedInt(); left > 0; left--)
        {
            var (bin, count) = (state.Read7BitEncodedInt(), state.Read7BitEncodedInt());
            sizes._counts[bin] = count;
            sizes.Count += count;
        }
        return sizes;
    }

    public double ShareBelow(int bin) => _counts.AsSpan(0, bin).ToArray().Sum() / (double)Count;
}
