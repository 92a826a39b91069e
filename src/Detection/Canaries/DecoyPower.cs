namespace WhoSaw.Detection.Canaries;

/// <summary>
/// What a number of decoys buys against somebody who reads accounts in an order that knows nothing of them: drawing
/// without replacement, so the numbers are exact.
/// </summary>
/// <param name="Accounts">Real accounts; at least 1.</param>
/// <param name="Decoys">At least 0.</param>
public sealed record DecoyPower(long Accounts, long Decoys)
{
    /// <summary>Real accounts read before the first decoy, on average; all of them without a decoy.</summary>
    public double MeanBeforeFirst => (double)Accounts / (Decoys + 1);

    /// <summary>The probability that so many real accounts can be read and no decoy.</summary>
    public double Unseen(long read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(read);
        if (read > Accounts)
            return 0;
        // C(N + c − k, c) / C(N + c, c), with whichever has fewer factors
        var logarithm = 0.0;
        if (Decoys <= read)
            for (var decoy = 0L; decoy < Decoys; decoy++)
                logarithm += double.LogP1(-(double)read / (Accounts + Decoys - decoy));
        else
            for (var account = 0L; account < read; account++)
                logarithm += double.LogP1(-(double)Decoys / (Accounts + Decoys - account));
        return Math.Exp(logarithm);
    }

    /// <summary>
    /// The fewest real accounts after which a decoy was read with at least this probability; null when not even all
    /// of them would do.
    /// </summary>
    public long? AccountsUntilSeen(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (1 - Unseen(Accounts) < probability)
            return null;
        var (low, high) = (0L, Accounts);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (1 - Unseen(middle) >= probability)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
