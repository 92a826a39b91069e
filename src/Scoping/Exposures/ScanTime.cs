using System.Numerics;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The days of a scan, and how a row's time and pair are put into one word while the row waits: many rows wait, and
/// half the memory is half the time.
/// </summary>
/// <param name="days">Since 1970, in order.</param>
/// <param name="shift">Microseconds by which a day begins before midnight UTC.</param>
internal sealed class ScanTime(List<long> days, long shift)
{
    private readonly long _origin = days.Count == 0 ? 0 : days[0] * EventTime.Day - shift;
    private readonly int _pairBits = days.Count == 0
        ? 0
        : Math.Min(BitOperations.LeadingZeroCount((ulong)((days[^1] - days[0] + 1) * EventTime.Day)), 15);

    /// <summary>Days with records, or between the first and the last record of a segment.</summary>
    public int Days => days.Count;

    /// <summary>Pairs for which there is room beside the time.</summary>
    public int MostPairs => Math.Min(1 << _pairBits, ExposureCell.MostPairs);

    public ulong Pack(long time, int pair) => ((ulong)(time - _origin) << _pairBits) | (uint)pair;

    public long TimeOf(ulong packed) => (long)(packed >> _pairBits) + _origin;

    public int PairOf(ulong packed) => (int)(packed & ((1U << _pairBits) - 1));

    /// <summary>Index of the day of a time.</summary>
    public int DayOf(long time) => days.BinarySearch(ScanPiece.DayOf(new EventTime(time), shift));

    /// <summary>When a day begins, by its index.</summary>
    public long StartOf(int day) => days[day] * EventTime.Day - shift;
}
