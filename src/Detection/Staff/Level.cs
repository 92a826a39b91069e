namespace WhoSaw.Detection.Staff;

/// <summary>
/// Whether a new duty explains how much somebody reads: how likely one more member of a role would usually read so
/// much, by what is usual for the others. Their logarithms are taken for a normal sample, so that few say little.
/// </summary>
internal static class Level
{
    /// <summary>The chance that one more reads that much or more (Student's t prediction).</summary>
    /// <param name="usuals">Of the others, above 0.</param>
    /// <param name="leastSpread">Of the logarithms, in standard deviations.</param>
    public static double ChanceOf(double count, IReadOnlyCollection<int> usuals, double leastSpread)
    {
        if (usuals.Count < 3)
            return 1;
        // In order, so that the sums are the same in every run.
        var logarithms = usuals.Order().Select(usual => Math.Log(usual)).ToList();
        var mean = logarithms.Average();
        var spread = Math.Sqrt(logarithms.Sum(x => (x - mean) * (x - mean)) / (logarithms.Count - 1));
        var t = (Math.Log(count) - mean)
            / (Math.Max(spread, leastSpread) * Math.Sqrt(1 + 1.0 / logarithms.Count));
        return t <= 0 ? 1 : TailOfStudent(t, logarithms.Count - 1);
    }

    /// <summary>P(T > t) for whole degrees of freedom: the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4.
    /// </summary>
    public static double TailOfStudent(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = (Math.Sin(angle), Math.Cos(angle));
        var isOdd = degrees % 2 == 1;
        var term = isOdd ? cosine : 1;
        var sum = degrees == 1 ? 0 : term;
        for (var k = isOdd ? 3 : 2; k < degrees - 1; k += 2)
            sum += term *= (k - 1.0) / k * cosine * cosine;
        var within = isOdd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
        return (1 - within) / 2;
    }
}
