namespace WhoSaw.Detection.Canaries;

/// <summary>
/// Where to plant decoys: in the holes between the ids that there are, one in each of as many stretches of equally many
/// accounts, at a place that nobody can foresee. So whoever reads in order, by stride or at random meets them alike.
/// </summary>
public static class DecoyPlan
{
    /// <summary>New ids in ascending order; fewer than asked for where a stretch has no hole.</summary>
    /// <param name="taken">Ids that must not be given: accounts, decoys, deleted ones. Ascending, each once.</param>
    /// <param name="count">At most as many as there are ids in <paramref name="taken"/> less one.</param>
    /// <param name="below">A random number from 0 to less than its argument; whoever can foresee it can avoid the
    /// decoys.</param>
    public static IReadOnlyList<long> Choose(IReadOnlyList<long> taken, int count, Func<long, long> below)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var gaps = Math.Max(0, taken.Count - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, gaps);
        var chosen = new List<long>(count);
        for (var stretch = 0L; stretch < count; stretch++)
        {
            var from = (int)(stretch * gaps / count);
            var size = (int)((stretch + 1) * gaps / count) - from;
            var first = below(size);
            for (var step = 0; step < size; step++)
            {
                var before = from + (int)((first + step) % size);
                var holes = taken[before + 1] - taken[before] - 1;
                if (holes <= 0)
                    continue;
                chosen.Add(taken[before] + 1 + below(holes));
                break;
            }
        }
        return chosen;
    }
}
