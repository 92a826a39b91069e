using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// What one thread reads in one go: of a segment every <paramref name="Stripes"/>th row group, and of these the
/// records of one day.
/// </summary>
/// <param name="Day">Index of the day in the order of time.</param>
/// <param name="From">Of the day, in microseconds.</param>
/// <param name="To">Exclusive.</param>
internal sealed record ScanPiece(SegmentEntry Segment, int Stripe, int Stripes, int Day, long From, long To)
{
    // the row groups of a ledger's own segments: an estimate is enough, for none is left out
    private const int GroupRows = 1 << 17;

    /// <summary>The pieces in the order of their days, and the days since 1970 behind the indexes.</summary>
    /// <param name="shift">Microseconds by which a day begins before midnight UTC.</param>
    public static (List<ScanPiece> Pieces, List<long> Days) Plan(IReadOnlyList<SegmentEntry> segments, long shift)
    {
        var byDay = segments.SelectMany(segment => DaysOf(segment, shift).Select(day => (Day: day, Segment: segment)))
            .GroupBy(item => item.Day, item => item.Segment).OrderBy(group => group.Key).ToList();
        var pieces = byDay.SelectMany((group, index) => group.SelectMany(segment => Cut(segment, index,
            group.Key * EventTime.Day - shift))).ToList();
        return (pieces, [.. byDay.Select(group => group.Key)]);
    }

    private static IEnumerable<ScanPiece> Cut(SegmentEntry segment, int day, long from)
    {
        var stripes = (int)Math.Clamp((segment.Rows + GroupRows - 1) / GroupRows, 1, 64);
        for (var stripe = 0; stripe < stripes; stripe++)
            yield return new ScanPiece(segment, stripe, stripes, day, from, from + EventTime.Day);
    }

    private static IEnumerable<long> DaysOf(SegmentEntry segment, long shift)
    {
        for (var day = DayOf(segment.First, shift); day <= DayOf(segment.Last, shift); day++)
            yield return day;
    }

    public static long DayOf(EventTime time, long shift) => time.Plus(shift).DayNumber;
}
