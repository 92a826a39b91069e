namespace WhoSaw.Scoping.Growth;

internal static class Statistics
{
    /// <summary>The lower bound of a share, 95 %: E. B. Wilson, JASA 1927.</summary>
    public static double Wilson(double hits, long tries)
    {
        const double Z = 1.959963984540054;
        if (tries == 0)
            return 0;
        double share = hits / tries, square = Z * Z / tries;
        return (share + square / 2 - Z * Math.Sqrt(share * (1 - share) / tries + square / tries / 4)) / (1 + square);
    }

    /// <summary>
    /// How much better a rate of its own explains a count than the expected one, in nats; 0 where there are not more
    /// than expected. Poisson log-likelihood ratio, as in M. Kulldorff's scan statistic, Comm. Stat. 1997.
    /// </summary>
    public static double Excess(double count, double expected) =>
        count <= expected ? 0 : count * Math.Log(count / expected) - (count - expected);

    /// <summary>What an observation weighs when only a share of the actor's observations is theft.</summary>
    public static double Mixed(double ratio, double share) => Math.Log(1 - share + share * ratio);
}
