using WhoSaw.Records;

namespace WhoSaw.Detection.Spill;

/// <summary>What chance explains: numbers that are no cards have a right checksum once in ten.</summary>
internal static class Chance
{
    /// <summary>How often a number of the structure has a right checksum by chance; null where there is none.</summary>
    public static double? OfChecksum(SightingKind kind) => kind switch
    {
        // of eleven remainders two give the check digit 1
        SightingKind.ResidentNumber or SightingKind.LateResidentNumber => 2.0 / 11,
        // 1 in 10, and a little more for numbers that are counted up
        SightingKind.Card => 0.125,
        _ => null,
    };

    /// <summary>
    /// How many powers of ten below one the chance is that of so many numbers so many or more are right: Chernoff's
    /// bound of the binomial tail, n·KL(k/n ‖ p), never more than the truth.
    /// </summary>
    public static double Tail(long numbers, long right, double chance)
    {
        if (numbers == 0 || right <= numbers * chance)
            return 0;
        var share = Math.Min(1, (double)right / numbers);
        var divergence = share * Math.Log(share / chance);
        if (share < 1)
            divergence += (1 - share) * Math.Log((1 - share) / (1 - chance));
        return numbers * divergence / Math.Log(10);
    }
}
