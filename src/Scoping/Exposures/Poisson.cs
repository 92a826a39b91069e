namespace WhoSaw.Scoping.Exposures;

/// <summary>Bounds for counts that come at a steady rate.</summary>
internal static class Poisson
{
    /// <summary>
    /// What the next stretch, <paramref name="ratio"/> times as long as the one in which <paramref name="seen"/> came,
    /// stays at or under with the given confidence. Both stretches are chance: the sum being n, the share that falls
    /// into the next one is binomial, so the bound is exact and needs no rate (Nelson 1970).
    /// </summary>
    public static long NextAtMost(long seen, double ratio, double confidence)
    {
        var share = ratio / (1 + ratio);
        // P(next > y) <= P(Binomial(seen + y + 1, share) >= y + 1) = I_share(y + 1, seen + 1)
        bool Fits(long y) => Beta.Cumulative(share, y + 1, seen + 1) <= 1 - confidence;
        long high = 1;
        while (!Fits(high) && high < long.MaxValue / 4)
            high *= 2;
        long low = -1;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Fits(middle))
                high = middle;
            else
                low = middle;
        }
        return high;
    }
}
