using System.Globalization;

namespace WhoSaw.Scoping.Reports.Charts;

/// <summary>Values to places on a drawing, straight or logarithmic (log of 1 + value, so that 0 has a place).</summary>
internal sealed record Scale(double Low, double High, double From, double To, bool IsLogarithmic = false)
{
    public double At(double value)
    {
        var (low, high, at) = IsLogarithmic
            ? (Math.Log(1 + Low), Math.Log(1 + High), Math.Log(1 + value))
            : (Low, High, value);
        return high > low ? From + (at - low) / (high - low) * (To - From) : From;
    }

    /// <summary>A straight scale from 0 to a round number that is not below the highest value.</summary>
    public static Scale FromZero(double highest, double from, double to)
    {
        var step = Step(highest);
        return new Scale(0, Math.Max(step, Math.Ceiling(highest / step) * step), from, to);
    }

    /// <summary>Round values along the scale; powers of ten on a logarithmic one.</summary>
    public IEnumerable<double> Ticks()
    {
        if (IsLogarithmic)
        {
            for (var tick = 1.0; tick <= High; tick *= 10)
                yield return tick;
            yield break;
        }
        var step = Step(High);
        for (var i = 0; i * step <= High * 1.0001; i++)
            yield return i * step;
    }

    /// <summary>"1,200", "12k", "33.7M"</summary>
    public static string Short(double value) => value switch
    {
        >= 999_950_000 => (value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + "G",
        >= 999_950 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (value / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };

    // one, two or five times a power of ten, so that there are four to eight steps; at least 1: these are counts
    private static double Step(double highest)
    {
        if (highest <= 4)
            return 1;
        var rough = highest / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var lead = rough / power;
        return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
    }
}
