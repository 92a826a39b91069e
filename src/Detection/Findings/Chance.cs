namespace WhoSaw.Detection.Findings;

/// <summary>How likely chance alone is, as natural logarithms, so that nothing is too small to compare.</summary>
internal static class Chance
{
    /// <summary>ln P(X ≥ hits) for X binomial, exactly: the sum of the terms, largest first.</summary>
    public static double BinomialTail(long trials, long hits, double rate)
    {
        if (hits <= 0 || rate >= 1 || hits <= trials * rate)
            return 0;
        if (rate <= 0 || hits > trials)
            return double.NegativeInfinity;
        var term = LogFactorial(trials) - LogFactorial(hits) - LogFactorial(trials - hits)
            + hits * Math.Log(rate) + (trials - hits) * Math.Log(1 - rate);
        // Beyond the mean each term is a fraction of the one before: the sum is a short one.
        double sum = 1, ratio = 1;
        for (var k = hits; k < trials; k++)
        {
            ratio *= (double)(trials - k) / (k + 1) * rate / (1 - rate);
            sum += ratio;
            if (ratio < 1e-12 * sum)
                break;
        }
        return Math.Min(0, term + Math.Log(sum));
    }

    /// <summary>ln P(X ≤ hits) for X of Poisson with that mean, exactly.</summary>
    public static double PoissonHead(double mean, long hits)
    {
        if (mean <= 0 || hits >= mean)
            return 0;
        var term = hits * Math.Log(mean) - mean - LogFactorial(hits);
        double sum = 1, ratio = 1;
        for (var k = hits; k > 0; k--)
        {
            ratio *= k / mean;
            sum += ratio;
            if (ratio < 1e-12 * sum)
                break;
        }
        return Math.Min(0, term + Math.Log(sum));
    }

    /// <summary>ln n!, exact for small n and by Stirling's series (to 1e-12) beyond.</summary>
    public static double LogFactorial(long n)
    {
        if (n < 32)
        {
            var product = 1.0;
            for (var k = 2; k <= n; k++)
                product *= k;
            return Math.Log(product);
        }
        var x = n + 1.0;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + 1 / (12 * x) - 1 / (360 * x * x * x) + 1 / (1260 * x * x * x * x * x);
    }
}
