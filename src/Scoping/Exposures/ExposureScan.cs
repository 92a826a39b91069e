using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Our own aggregation over the segments (docs/decisions/0012): day by day, so that an account's first day and the
/// accounts of a day are counted in passing, on all threads.
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
        if (segments.Sum(segment => ScanPiece.DayOf(segment.Last, shift) - ScanPiece.DayOf(segment.First, shift) + 1) >
            segments.Count * 2L + MostDays)
            return null;
        var (pieces, days) = ScanPiece.Plan(segments, shift);
        var parts = new ExposureParts(decoys, new ScanTime(days, shift), limit);
        var turns = new DayTurns(pieces, days.Count);
        var subjects = engine.SubjectsOf(predicate);
        var workers = Enumerable.Range(0, Math.Clamp(pieces.Count, 1, engine.Threads))
            .Select(_ => new ExposureWorker(parts, predicate.Compile(subjects))).ToList();
        try
        {
            Task.WhenAll(workers.Select(worker => Task.Run(() => Work(worker, engine.Ledger, turns, parts))))
                .GetAwaiter().GetResult();
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
        if (parts.IsTooLarge())
            return null;
        Parallel.For(0, ExposureParts.Number, new ParallelOptions { MaxDegreeOfParallelism = engine.Threads },
            part => parts.CountRest(part));
        var unnamed = new UnnamedTally();
        foreach (var worker in workers)
            unnamed.Add(worker.Unnamed);
        return new CountedExposures(engine, parts, days, workers.Sum(worker => worker.RefusedTries),
            workers.Sum(worker => worker.AbsentTries), unnamed.Total);
    }

    private static void Work(ExposureWorker worker, LedgerContents ledger, DayTurns turns, ExposureParts parts)
    {
        while (turns.Take() is { } piece)
        {
            var whole = false;
            try
            {
                worker.Read(ledger.PathOf(piece.Segment.Name), piece);
                turns.Await(piece.Day);
                worker.HandOn();
                whole = !parts.IsTooLarge();
            }
            finally
            {
                turns.Done(piece.Day);
                if (!whole)
                    turns.Stop();
            }
            worker.Count();
        }
        worker.Complete();
    }
}
