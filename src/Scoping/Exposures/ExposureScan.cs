using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Our own aggregation over the segments (docs/decisions/0012): day by day, so that an account's first day and the
/// accounts of a day are counted in passing; within a day on all threads.
/// </summary>
internal static class ExposureScan
{
    private const int MostDays = 40_000;

    /// <summary>Null when the exposures take more memory than allowed, or time is out of all proportion.</summary>
    public static CountedExposures? Run(
        ScopeEngine engine, Predicate predicate, TimeSpan dayOffset, IReadOnlySet<long> decoys, long limit)
    {
        var shift = dayOffset.Ticks / TimeSpan.TicksPerMicrosecond;
        var segments = engine.Ledger.Segments;
        if (segments.Sum(segment => DayOf(segment.Last, shift) - DayOf(segment.First, shift) + 1) >
            segments.Count * 2L + MostDays)
            return null;
        var days = segments.SelectMany(segment => DaysOf(segment, shift).Select(day => (Day: day, Segment: segment)))
            .GroupBy(item => item.Day, item => item.Segment).OrderBy(group => group.Key).ToList();
        var parts = new ExposureParts(decoys, days.Count, limit);
        var subjects = engine.SubjectsOf(predicate);
        var workers = Enumerable.Range(0, engine.Threads)
            .Select(_ => new ExposureWorker(parts, predicate.Compile(subjects), shift)).ToList();
        try
        {
            for (var index = 0; index < days.Count; index++)
            {
                ReadDay(engine.Ledger, parts, workers, [.. days[index]], days[index].Key, index);
                if (parts.IsTooLarge())
                    return null;
            }
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
        return new CountedExposures(engine, parts, [.. days.Select(group => group.Key)],
            workers.Sum(worker => worker.RefusedTries), workers.Sum(worker => worker.AbsentTries));
    }

    private static void ReadDay(
        LedgerContents ledger, ExposureParts parts, List<ExposureWorker> workers, List<SegmentEntry> segments, long day,
        int index)
    {
        var next = -1;
        var shares = workers.Take(segments.Count).Select(worker => Task.Run(() =>
        {
            for (var i = Interlocked.Increment(ref next); i < segments.Count && !parts.IsTooLarge();
                 i = Interlocked.Increment(ref next))
                worker.Read(ledger.PathOf(segments[i].Name), segments[i], day, index);
            worker.Flush(index);
        }));
        Task.WhenAll(shares).GetAwaiter().GetResult();
    }

    private static IEnumerable<long> DaysOf(SegmentEntry segment, long shift)
    {
        for (var day = DayOf(segment.First, shift); day <= DayOf(segment.Last, shift); day++)
            yield return day;
    }

    private static long DayOf(EventTime time, long shift) => time.Plus(shift).DayNumber;
}
