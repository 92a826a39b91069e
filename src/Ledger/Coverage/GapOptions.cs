namespace WhoSaw.Ledger;

/// <summary>When a silence is a gap.</summary>
public sealed record GapOptions
{
    /// <summary>
    /// Minus the logarithm of the probability under which a silence is no lull: 20.7 is one in a billion.
    /// </summary>
    public double Threshold { get; init; } = 20.7;

    /// <summary>
    /// An hour of the day or week counts as known when that many of its minutes were seen outside the silence.
    /// </summary>
    public int KnownMinutes { get; init; } = 30;

    /// <summary>A silence of fewer minutes is none because the other streams of its source go on.</summary>
    public int LeastBySiblings { get; init; } = 30;

    /// <summary>
    /// An hour's lines count for at most so many times the median of that hour of the day: a rush is no rhythm.
    /// </summary>
    public double RushCap { get; init; } = 2;
}
