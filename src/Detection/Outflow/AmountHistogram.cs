namespace WhoSaw.Detection.Outflow;

/// <summary>Amounts by their logarithm, eight steps to the doubling: quantiles in constant memory.</summary>
internal sealed class AmountHistogram
{
    private const int StepsADoubling = 8;
    private const int Steps = 63 * StepsADoubling;
    private readonly int[] _counts = new int[Steps];

    public long Count { get; private set; }

    public void Add(long amount)
    {
        var step = (int)(Math.Log2(Math.Max(1, amount)) * StepsADoubling);
        _counts[Math.Min(step, Steps - 1)]++;
        Count++;
    }

    public double Median => Count == 0 ? 0 : Math.Exp(Logarithm(0.5));

    /// <summary>
    /// The median times e to so many robust standard deviations of the logarithm (interquartile range / 1.349).
    /// </summary>
    public double Above(double deviations, double leastSpread)
    {
        var spread = (Logarithm(0.75) - Logarithm(0.25)) / 1.349;
        return Math.Exp(Math.Min(40, Logarithm(0.5) + deviations * Math.Max(spread, leastSpread)));
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_counts.Count(count => count > 0));
        for (var step = 0; step < Steps; step++)
        {
            if (_counts[step] == 0)
                continue;
            state.Write((short)step);
            state.Write(_counts[step]);
        }
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
        {
            var step = state.ReadInt16();
            _counts[step] = state.ReadInt32();
            Count += _counts[step];
        }
    }

    private double Logarithm(double share)
    {
        var rank = (long)(share * (Count - 1));
        long below = 0;
        for (var step = 0; step < Steps; step++)
        {
            below += _counts[step];
            if (below > rank)
                return (step + 0.5) / StepsADoubling * Math.Log(2);
        }
        return 0;
    }
}
