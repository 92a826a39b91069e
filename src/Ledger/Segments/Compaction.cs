using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>What a compaction did.</summary>
/// <param name="From">Segments that are gone.</param>
/// <param name="To">Those that took their place.</param>
/// <param name="Held">Small segments that a hold covers, and that were left alone.</param>
public sealed record CompactionOutcome(int From, int To, long Records, int Held);

/// <summary>
/// Makes few large segments of the many small ones that frequent scans leave, day by day. No record is changed; the
/// journal says which segment took the place of which.
/// </summary>
public static class Compaction
{
    // An entry of the journal has at most 65,535 bytes, and each name takes some 160 of them.
    private const int MostAtOnce = 300;

    /// <summary>
    /// One entry for each new segment, made before the old ones go: a reader sees the old ones or the new one, never
    /// both, never neither. Throws <see cref="LedgerException"/> when a scan is at work on the ledger.
    /// </summary>
    public static CompactionOutcome Run(string directory, LedgerOptions options, string by, EventTime now) =>
        Run(directory, options, by, now, FileSystem.Real);

    internal static CompactionOutcome Run(
        string directory, LedgerOptions options, string by, EventTime now, FileSystem files)
    {
        var signer = options.SignerFor(isNew: false);
        using var held = LedgerLock.Take(directory);
        var journal = Journal.Load(directory);
        var (from, to, records) = (0, 0, 0L);
        foreach (var small in Groups(journal.State, options, out _))
            if (Compact(small))
                (from, to, records) = (from + small.Count, to + 1, records + small.Sum(segment => segment.Rows));
        _ = Groups(journal.State, options, out var covered);
        return new CompactionOutcome(from, to, records, covered);

        bool Compact(IReadOnlyList<SegmentEntry> small)
        {
            var staging = new Staging(files, directory);
            var (done, undone) = (false, true);
            try
            {
                var entry = Write(directory, staging, journal.State, small, options.RowGroupRows) with
                {
                    By = by,
                    Time = now,
                };
                staging.Publish();
                using (LedgerLock.TakeJournal(directory, options.Patience))
                {
                    journal.Refresh();
                    // Retention may have been here, or a hold.
                    if (small.Any(segment => !journal.State.Counts(segment.Name) || IsHeld(journal.State, segment)))
                        return false;
                    journal.Append(files, signer, [entry], out undone);
                }
                done = true;
                staging.Forget();
            }
            finally
            {
                if (!done && undone)
                    staging.Discard();
            }
            foreach (var segment in small)
                Retention.Delete(files, directory, segment.Name);
            return true;
        }
    }

    private static SegmentsCompacted Write(
        string directory, Staging staging, JournalState state, IReadOnlyList<SegmentEntry> small, int groupRows)
    {
        var name = new SegmentNumbers(state).Beside(small[0].Name);
        var rows = new MergedRows(directory, small);
        var file = staging.Create(name);
        var scratch = new TableScratch(groupRows);
        var columns = SegmentColumns.Of(rows, scratch);
        using (var table = new TableWriter(file, name, columns, Math.Min(rows.Count, groupRows)))
        {
            for (var start = 0; start < rows.Count; start += groupRows)
                table.WriteGroup(start, Math.Min(groupRows, rows.Count - start));
            table.Complete();
        }
        return new SegmentsCompacted(
            [.. small.Select(segment => new SegmentName(segment.Name, segment.Sha256, segment.Rows))],
            name, file.Sha256, file.Written, rows.Count, rows.First, rows.Last,
            [.. small.SelectMany(segment => segment.Sources).Distinct().Order(StringComparer.Ordinal)], "");
    }

    /// <summary>Small segments of one day that fit into one, in the order of the journal.</summary>
    private static List<IReadOnlyList<SegmentEntry>> Groups(JournalState state, LedgerOptions options, out int held)
    {
        held = 0;
        var groups = new List<IReadOnlyList<SegmentEntry>>();
        foreach (var day in state.Segments.Where(segment => segment.Rows <= options.CompactedRows / 2)
            .GroupBy(segment => segment.Name[..segment.Name.LastIndexOf('/')]))
        {
            var group = new List<SegmentEntry>();
            foreach (var segment in day)
            {
                if (IsHeld(state, segment))
                {
                    held++;
                    continue;
                }
                if (group.Count == MostAtOnce || group.Sum(each => each.Rows) + segment.Rows > options.CompactedRows)
                {
                    groups.Add(group);
                    group = [];
                }
                group.Add(segment);
            }
            groups.Add(group);
        }
        return [.. groups.Where(group => group.Count > 1)];
    }

    private static bool IsHeld(JournalState state, SegmentEntry segment) =>
        state.Holds.Any(hold => hold.Covers(segment.First, segment.Last, segment.Sources));
}
