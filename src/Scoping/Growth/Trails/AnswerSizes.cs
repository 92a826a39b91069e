namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>Hours in a row in which answers are longer (or shorter) than nearly all before.</summary>
/// <param name="Evidence">In nats, of the hours together.</param>
internal sealed record AnswerRun(
    long FromHour, long ToHour, double Evidence, AnswerSizes Before, AnswerSizes During, long Odd);

/// <summary>How long answers are: counts in bins of an eighth of an octave, 9 % wide.</summary>
internal sealed class AnswerSizes
{
    public const int BinsAnOctave = 8;
    private const int LeastBefore = 100;

    // How often an answer exceeds the 95th percentile of those before: by chance, and when more is shown.
    private const double Ordinarily = 0.05;
    private const double Among = 0.9;

    private readonly SortedDictionary<int, long> _bins = [];

    public long Count { get; private set; }

    /// <summary>The least size of a bin, in bytes.</summary>
    public static double LowOf(int bin) => Math.Pow(2, bin / (double)BinsAnOctave);

    public void Add(int bin, long count)
    {
        _bins[bin] = _bins.GetValueOrDefault(bin) + count;
        Count += count;
    }

    public void Add(AnswerSizes other)
    {
        foreach (var (bin, count) in other._bins)
            Add(bin, count);
    }

    /// <summary>The bin of that share of the answers, from the shortest; there must be one.</summary>
    public int Quantile(double share)
    {
        var left = share * Count;
        foreach (var (bin, count) in _bins)
            if ((left -= count) < 0)
                return bin;
        return _bins.Keys.Last();
    }

    /// <summary>The same answers with the shortest as the longest.</summary>
    public AnswerSizes Mirrored()
    {
        var mirrored = new AnswerSizes();
        foreach (var (bin, count) in _bins)
            mirrored.Add(-bin, count);
        return mirrored;
    }

    /// <summary>
    /// Stretches whose answers are longer, by a one-sided CUSUM (Page 1954) over the hours: what came before is what is
    /// ordinary, a day and a hundred answers of it at least. A stretch begins with the CUSUM and ends at its highest.
    /// </summary>
    public static IEnumerable<AnswerRun> Longer(SortedDictionary<long, AnswerSizes> hours, double threshold)
    {
        var (before, first) = (new AnswerSizes(), hours.Keys.FirstOrDefault());
        // The hour before a change may hold some of it already: it is ordinary once the next one is.
        AnswerSizes? latest = null;
        var open = new List<(long Hour, AnswerSizes Sizes, long Odd)>();
        var (sum, highest, length) = (0.0, 0.0, 0);
        foreach (var (hour, sizes) in hours)
        {
            if (before.Count < LeastBefore || hour - first < 24)
            {
                before.Add(sizes);
                continue;
            }
            var edge = before.Quantile(1 - Ordinarily);
            var odd = sizes._bins.Sum(bin => bin.Key > edge ? bin.Value : 0);
            sum += odd * Math.Log(Among / Ordinarily)
                + (sizes.Count - odd) * Math.Log((1 - Among) / (1 - Ordinarily));
            if (sum > 0)
            {
                open.Add((hour, sizes, odd));
                if (sum > highest)
                    (highest, length) = (sum, open.Count);
                continue;
            }
            if (highest > threshold)
                yield return Run();
            else
                open.ForEach(passed => before.Add(passed.Sizes));
            open.Clear();
            (sum, highest, length) = (0, 0, 0);
            if (latest is not null)
                before.Add(latest);
            latest = sizes;
        }
        if (highest > threshold)
            yield return Run();

        AnswerRun Run()
        {
            var during = new AnswerSizes();
            foreach (var (_, sizes, _) in open.Take(length))
                during.Add(sizes);
            var ordinary = new AnswerSizes();
            ordinary.Add(before);
            return new AnswerRun(
                open[0].Hour, open[length - 1].Hour, highest, ordinary, during, open.Take(length).Sum(o => o.Odd));
        }
    }
}
