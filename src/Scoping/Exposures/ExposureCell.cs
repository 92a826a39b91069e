namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// An account's exposure to one pair of operation and fields. An account's first one is its head, which the index
/// finds; the others hang behind it.
/// </summary>
internal struct ExposureCell
{
    public long Subject;
    public long First;
    public long Last;

    /// <summary>Modulo 2^32; what is above lies with the part.</summary>
    public uint Views;

    /// <summary>Of a head: the last day on which the account was counted. -1 for a cell that is no head.</summary>
    public int Day;

    /// <summary>The account's next cell; 0 for none.</summary>
    public int Next;

    /// <summary>Number of the operation and fields in <see cref="ShownPairs"/>.</summary>
    public ushort Pair;
}

/// <summary>A record that showed something, on its way into its part.</summary>
/// <param name="Day">Index of the day in the order of time.</param>
internal readonly record struct ShownRow(long Subject, long Time, int Pair, int Day);
