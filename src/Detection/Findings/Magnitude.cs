namespace WhoSaw.Detection.Findings;

/// <summary>How large a count is, in powers of ten: what grew that much is worth saying again.</summary>
internal static class Magnitude
{
    /// <summary>0 for nothing, 1 from 1, 2 from 10, 3 from 100.</summary>
    public static int Of(long count)
    {
        var magnitude = 0;
        for (; count > 0; count /= 10)
            magnitude++;
        return magnitude;
    }
}
