namespace WhoSaw.Detection.Suspicion;

/// <summary>How likely so many, or more, are by chance.</summary>
internal static class BinomialTail
{
    /// <summary>P(X ≥ hits) for X of Binomial(trials, rate): the exact sum, from its largest terms on.</summary>
    public static double AtLeast(long hits, long trials, double rate)
    {
        if (hits <= 0)
            return 1;
        if (hits > trials || rate <= 0)
            return 0;
        if (rate >= 1)
            return 1;
        var logTerm = LogChoose(trials, hits) + hits * Math.Log(rate) + (trials - hits) * Math.Log(1 - rate);
        var (sum, term) = (1.0, 1.0);
        for (var k = hits; k < trials; k++)
        {
            term *= (trials - k) / (k + 1.0) * rate / (1 - rate);
            sum += term;
            if (term < sum * 1e-17 && k > trials * rate)
                break;
        }
        return Math.Min(1, Math.Exp(logTerm + Math.Log(sum)));
    }

    private static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>Exact below 256, then Stirling's series, whose error there is under 1e-16.</summary>
    private static double LogFactorial(long n)
    {
        if (n < 256)
        {
            var sum = 0.0;
            for (var i = 2; i <= n; i++)
                sum += Math.Log(i);
            return sum;
        }
        double x = n;
        return (x + 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + 1 / (12 * x) - 1 / (360 * x * x * x) + 1 / (1260 * x * x * x * x * x);
    }
}
