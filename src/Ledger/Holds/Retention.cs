using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>What a removal did.</summary>
/// <param name="Logs">Logs that were kept as they were read.</param>
/// <param name="Held">Files that would have been removed, but for a hold.</param>
public sealed record RetentionOutcome(int Segments, long Records, int RejectFiles, int Logs, int Held);

/// <summary>
/// Removes what is older than the law asks to be kept. What happened stays provable: totals and the journal stay, and
/// each removal is an entry, made before the file goes.
/// </summary>
public static class Retention
{
    /// <summary>Korean law: two years, from 50,000 people on.</summary>
    public const int DefaultDays = 730;

    /// <summary>
    /// Removes segments, kept logs and rejected lines that end before a time. A hold is looked for before every single
    /// file, so one that is placed meanwhile stops the rest.
    /// </summary>
    public static RetentionOutcome Run(
        string directory, LedgerOptions options, EventTime before, string rule, string by, EventTime now) =>
        Run(directory, options, before, rule, by, now, FileSystem.Real);

    internal static RetentionOutcome Run(
        string directory, LedgerOptions options, EventTime before, string rule, string by, EventTime now,
        FileSystem files, Action? betweenFiles = null)
    {
        var journal = Journal.Load(directory);
        var signer = options.SignerFor(isNew: false);
        var (segments, records, rejects, logs, held) = (0, 0L, 0, 0, 0);
        foreach (var segment in journal.State.Segments.Where(segment => segment.Last < before).ToList())
        {
            var entry = new SegmentRemoved(segment.Name, segment.Sha256, segment.Rows, rule, by) { Time = now };
            if (Remove(segment.Name, entry, segment.First, segment.Last, segment.Sources))
                (segments, records) = (segments + 1, records + segment.Rows);
        }
        foreach (var log in journal.State.Originals.ToList())
        {
            var time = log is { First: { } from, Last: { } to } ? (from, to) : journal.State.TimeOf(log.Commit);
            if (time is not var (first, last) || last >= before)
                continue;
            var entry = new FileRemoved(log.Name, log.Sha256, rule, by) { Time = now };
            if (Remove(log.Name, entry, first, last, [log.Source]))
                logs++;
        }
        foreach (var (_, commit, file) in journal.State.Files.Where(file => file.Kind == FileKind.Rejects).ToList())
        {
            // Rejected lines have no time of their own: that of their commit's totals counts for all of them.
            if (journal.State.TimeOf(commit) is not var (first, last) || last >= before)
                continue;
            var entry = new FileRemoved(file.Name, file.Sha256, rule, by) { Time = now };
            if (Remove(file.Name, entry, first, last, []))
                rejects++;
        }
        return new RetentionOutcome(segments, records, rejects, logs, held);

        bool Remove(
            string name, JournalEntry entry, EventTime first, EventTime last, IReadOnlyCollection<string> sources)
        {
            betweenFiles?.Invoke();
            using (LedgerLock.TakeJournal(directory, options.Patience))
            {
                journal.Refresh();
                if (!journal.State.Counts(name))
                    return false;
                if (journal.State.Holds.Any(hold => hold.Covers(first, last, sources)))
                {
                    held++;
                    return false;
                }
                journal.Append(files, signer, [entry], out _);
            }
            Delete(files, directory, name);
            return true;
        }
    }

    /// <summary>Removes the file of an entry that has let go of it; what stays is removed by an opening.</summary>
    internal static void Delete(FileSystem files, string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            files.Delete(path);
            files.SyncFolder(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }
}
