namespace WhoSaw.Scoping.Exposures;

/// <summary>The exact interval of a share: Clopper and Pearson, Biometrika 1934. Never too narrow.</summary>
public static class ClopperPearson
{
    /// <summary>
    /// The share in which <paramref name="hits"/> of <paramref name="tries"/> are not surprising; for no tries, all
    /// shares. Throws <see cref="ArgumentOutOfRangeException"/> unless 0 ≤ hits ≤ tries and 0 &lt; confidence &lt; 1.
    /// </summary>
    public static (double Low, double High) Interval(long hits, long tries, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, tries);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var tail = (1 - confidence) / 2;
        var low = hits == 0 ? 0 : Beta.Quantile(tail, hits, tries - hits + 1);
        var high = hits == tries ? 1 : Beta.Quantile(1 - tail, hits + 1, tries - hits);
        return (low, high);
    }
}
