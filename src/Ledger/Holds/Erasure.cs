using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Whom to erase, and on whose word.</summary>
/// <param name="Id">The account's id, as the logs write it.</param>
/// <param name="Person">What the journal says of them: a keyed fingerprint.</param>
public sealed record ErasureRequest(string Id, string Person, string Reason, string By, EventTime Now);

/// <summary>What an erasure did.</summary>
public sealed record ErasureOutcome(int Files, long Records);

/// <summary>
/// Takes one person out of a ledger without breaking a proof: files are written anew without the records about them,
/// and the journal says which file took the place of which. Where they acted on others' data their account is
/// forgotten and the record stays. A kept log with a line of theirs goes as a whole. Findings and rejected lines are
/// left alone.
/// </summary>
public static class Erasure
{
    /// <summary>
    /// All or nothing. Throws <see cref="LedgerException"/> when a hold covers a record of theirs, or a scan is at work
    /// on the ledger.
    /// </summary>
    public static ErasureOutcome Run(string directory, LedgerOptions options, ErasureRequest request) =>
        Run(directory, options, request, FileSystem.Real);

    internal static ErasureOutcome Run(
        string directory, LedgerOptions options, ErasureRequest request, FileSystem files)
    {
        var signer = options.SignerFor(isNew: false);
        using var held = LedgerLock.Take(directory);
        var journal = Journal.Load(directory);
        var subjects = new SubjectDictionary();
        foreach (var file in journal.State.Of(FileKind.Dictionary))
            SubjectTables.LoadDictionary(directory, file.Name, subjects);
        var subject = subjects.Find(request.Id);
        if (subject.IsNone)
            return new ErasureOutcome(0, 0);
        var staging = new Staging(files, directory);
        var rewriting = new Rewriting(directory, staging, journal.State, subject.Value);
        var (done, undone) = (false, true);
        try
        {
            var entries = rewriting.Run();
            if (entries.Count == 0)
                return new ErasureOutcome(0, 0);
            staging.Publish();
            using (LedgerLock.TakeJournal(directory, options.Patience))
            {
                journal.Refresh();
                RefuseHeld(journal.State, rewriting.Segments);
                journal.Append(files, signer,
                [
                    .. entries.Select(entry => entry with { Time = request.Now }),
                    new PersonErased(request.Person, entries.Count, rewriting.Records, request.Reason, request.By)
                    {
                        Time = request.Now,
                    },
                    new Committed(journal.NextCommit) { Time = request.Now },
                ], out undone);
            }
            done = true;
            staging.Forget();
            foreach (var entry in entries)
                Retention.Delete(files, directory, entry.Name);
            return new ErasureOutcome(entries.Count, rewriting.Records);
        }
        finally
        {
            if (!done && undone)
                staging.Discard();
        }
    }

    private static void RefuseHeld(JournalState state, IEnumerable<SegmentEntry> segments)
    {
        foreach (var segment in segments)
            if (state.Holds.FirstOrDefault(
                hold => hold.Covers(segment.First, segment.Last, segment.Sources)) is { } hold)
                throw new LedgerException(
                    $"Hold {hold.Id} covers records of this person: nothing is erased before it is released.");
    }

    /// <summary>Writes the files anew that say something about one subject.</summary>
    private sealed class Rewriting(string directory, Staging staging, JournalState state, long subject)
    {
        private readonly SegmentNumbers _numbers = new(state);
        private readonly List<(string Source, string File, EventTime Time)> _lines = [];

        public List<SegmentEntry> Segments { get; } = [];
        public long Records { get; private set; }

        public List<FileRewritten> Run()
        {
            var entries = new List<FileRewritten>();
            foreach (var segment in state.Segments)
                if (Segment(segment) is { } entry)
                    entries.Add(entry);
            RefuseHeld(state, Segments);
            entries.AddRange(Logs());
            foreach (var (kind, _, file) in state.Files)
                if (Table(kind, file) is { } entry)
                    entries.Add(entry);
            return entries;
        }

        private FileRewritten? Segment(SegmentEntry segment)
        {
            var path = Path.Combine(directory, segment.Name);
            var (about, by) = (TableFilter.Numbers(path, "subject"), TableFilter.Numbers(path, "account"));
            var keep = Array.ConvertAll(about, value => value != subject);
            for (var row = 0; row < keep.Length; row++)
                keep[row] &= !(about[row] is null && by[row] == subject);
            if (Array.TrueForAll(keep, kept => kept) && !by.Contains(subject))
                return null;
            Segments.Add(segment);
            NoteFiles(path, segment.Name, about, by);
            var rows = keep.Count(kept => kept);
            Records += keep.Length - rows;
            if (rows == 0)
                return new FileRewritten(segment.Name, segment.Sha256, null, null, null, null, null, null);
            var name = _numbers.Beside(segment.Name);
            var file = staging.Create(name);
            new TableFilter(path) { Forget = ("account", subject) }.Write(file, name, keep);
            var times = TableFilter.Numbers(path, "time").Where((_, row) => keep[row]).ToList();
            return new FileRewritten(
                segment.Name, segment.Sha256, name, file.Sha256, file.Written, rows,
                new EventTime(times[0]!.Value), new EventTime(times[^1]!.Value));
        }

        // In a raw line a person can be named in ways that no parser knows: the whole log goes, not a line of it.
        private IEnumerable<FileRewritten> Logs()
        {
            foreach (var log in state.Originals)
            {
                var isTheirs = _lines.Any(line =>
                    line.Source == log.Source && line.File == log.File
                    && log.First <= line.Time && line.Time <= log.Last);
                if (!isTheirs)
                    continue;
                if (log is { First: { } first, Last: { } last } && state.Holds.FirstOrDefault(
                    hold => hold.Covers(first, last, [log.Source])) is { } hold)
                    throw new LedgerException(
                        $"Hold {hold.Id} covers a kept log of this person: nothing is erased before it is released.");
                yield return new FileRewritten(log.Name, log.Sha256, null, null, null, null, null, null);
            }
        }

        private void NoteFiles(string path, string name, long?[] about, long?[] by)
        {
            if (state.Originals.Count == 0)
                return;
            using var table = new TableReader(path, name);
            for (int group = 0, start = 0; group < table.Groups; group++, start += table.Rows)
            {
                table.OpenGroup(group);
                var (times, sources, files) = (table.Longs("time"), table.Texts("source"), table.Texts("file"));
                for (var row = 0; row < table.Rows; row++)
                    if (about[start + row] == subject || by[start + row] == subject)
                        _lines.Add((sources[row]!, files[row]!, new EventTime(times[row])));
            }
        }

        private FileRewritten? Table(FileKind kind, FileStamp table)
        {
            var column = kind switch
            {
                FileKind.Dictionary => "number",
                FileKind.Accounts or FileKind.People => "account",
                _ => null,
            };
            var path = Path.Combine(directory, table.Name);
            if (column is null || TableFilter.Numbers(path, column) is var numbers && !numbers.Contains(subject))
                return null;
            // A number of the dictionary stays, so that no other id is ever given it; its text goes.
            var isDictionary = kind == FileKind.Dictionary;
            var texts = numbers.Index().Where(each => each.Item == subject).ToDictionary(
                each => (long)each.Index,
                _ => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"#erased#{subject}")));
            var dot = table.Name.IndexOf('.', StringComparison.Ordinal);
            var name = string.Create(CultureInfo.InvariantCulture,
                $"{table.Name[..dot]}-{state.Commits + 1:D6}{table.Name[dot..]}");
            var keep = Array.ConvertAll(numbers, number => isDictionary || number != subject);
            var file = staging.Create(name);
            new TableFilter(path) { Replace = isDictionary ? ("id", texts) : null }.Write(file, name, keep);
            return new FileRewritten(
                table.Name, table.Sha256, name, file.Sha256, file.Written, keep.Count(kept => kept), null, null);
        }
    }
}
