namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// An account's exposure to one pair of operation and fields. An account's first one is its head, which the index
/// finds; the others hang behind it. 32 bytes: half a line of the cache.
/// </summary>
internal struct ExposureCell
{
    /// <summary>Pairs that a cell can tell apart.</summary>
    public const int MostPairs = 1 << 15;

    private const int Behind = MostPairs;

    public long Subject;
    public long First;
    public long Last;

    /// <summary>The account's next cell; 0 for none.</summary>
    public int Next;

    /// <summary>Modulo 2^16; what is above lies with the part.</summary>
    public ushort Views;
    private readonly ushort _pair;

    public ExposureCell(long subject, long time, int pair, bool isHead)
    {
        (Subject, First, Last, Views) = (subject, time, time, 1);
        _pair = (ushort)(isHead ? pair : pair | Behind);
    }

    /// <summary>Number of the operation and fields in <see cref="ShownPairs"/>.</summary>
    public readonly int Pair => _pair & (MostPairs - 1);

    public readonly bool IsHead => (_pair & Behind) == 0;
}

/// <summary>A record that showed something, on its way into its part.</summary>
/// <param name="Packed">Its time and its pair, by <see cref="ScanTime"/>.</param>
internal readonly record struct ShownRow(long Subject, ulong Packed);
