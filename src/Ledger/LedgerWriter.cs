using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Writes a ledger. What is given counts from <see cref="Commit"/> on, all of it or none; disposing without a commit
/// removes it. One thread at a time. After a <see cref="LedgerException"/> the ledger is as it was at its last commit
/// and the writer is of no further use.
/// </summary>
public sealed class LedgerWriter : IDisposable
{
    private readonly FileSystem _files;
    private readonly string _directory;
    private readonly Catalog _catalog;
    private readonly LedgerOptions _options;
    private readonly LedgerLock _lock;
    private readonly Journal _journal;
    private readonly CommitDraft _draft;
    private readonly ILedgerSigner _signer;
    private readonly HashSet<string> _readDigests = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> _readSizes = [];
    private bool _failed;
    private bool _disposed;

    private LedgerWriter(
        FileSystem files, string directory, Catalog catalog, LedgerOptions options, LedgerLock held, Journal journal)
    {
        (_files, _directory, _catalog, _options, _lock, _journal) = (files, directory, catalog, options, held, journal);
        _signer = options.SignerFor(isNew: false);
        _draft = new CommitDraft(files, directory, catalog, options);
    }

    /// <summary>What was put right on opening, a sentence each: leftovers removed.</summary>
    public IReadOnlyList<string> Repairs { get; private set; } = [];

    /// <summary>What the ledger held at its last commit.</summary>
    public LedgerContents Contents { get; private set; } = null!;

    /// <summary>
    /// Creates a ledger in an empty or missing directory, or reopens one. Loads the ids of earlier commits into the
    /// catalog's subjects, which must be empty. Throws <see cref="LedgerException"/> when the ledger is held by
    /// another writer, newer than this program, corrupt, or not writable.
    /// </summary>
    public static LedgerWriter Open(string directory, Catalog catalog, LedgerOptions options) =>
        Open(directory, catalog, options, FileSystem.Real);

    internal static LedgerWriter Open(string directory, Catalog catalog, LedgerOptions options, FileSystem files)
    {
        if (options.SegmentRows < 1 || options.RowGroupRows < 1)
            throw new ArgumentException("a segment and a row group have at least one row", nameof(options));
        CreateFolder(files, directory);
        var held = LedgerLock.Take(directory);
        var opened = false;
        try
        {
            var writer = new LedgerWriter(files, directory, catalog, options, held, Begin(files, directory, options));
            writer.Repairs = writer.Repair();
            writer.Remember();
            opened = true;
            return writer;
        }
        finally
        {
            if (!opened)
                held.Dispose();
        }
    }

    /// <summary>True when a file with this SHA-256 (hexadecimal) was read to its end in an earlier commit.</summary>
    public bool WasRead(string sha256) => _readDigests.Contains(sha256);

    /// <summary>
    /// False when no file of this stored size was ever read, so that there is no need for its digest.
    /// </summary>
    public bool MayHaveBeenRead(long size) => _readSizes.Contains(size);

    /// <summary>Keeps the rows that are accesses or logins. The batch may be reused when the call returns.</summary>
    public void Append(AccessBatch batch) => Guard(() => _draft.Segments.Append(batch));

    /// <summary>Adds to the totals of the next commit; what has the same key is summed.</summary>
    public void AddTotals(IReadOnlyCollection<MinuteTotal> totals) => Guard(() => _draft.AddTotals(totals));

    /// <summary>Keeps a line that is no record, whole, whatever its bytes and length.</summary>
    /// <param name="file">Number of the file in the catalog.</param>
    /// <param name="offset">Of the line's first byte in the decompressed file.</param>
    /// <param name="near">Time of the record that was read last before it; the line itself has none that reads.</param>
    public void Reject(int file, long offset, string reason, ReadOnlySpan<byte> line, EventTime? near = null)
    {
        RequireUsable();
        try
        {
            _draft.Reject(_journal.NextCommit, file, offset, reason, line, near);
        }
        catch (LedgerException)
        {
            Fail();
            throw;
        }
    }

    /// <summary>
    /// Keeps a log as it was read, with the next commit; of one that has grown, only what came since, where the rest is
    /// kept. False when its bytes are no longer those: then it is not kept, and that is for people to know.
    /// </summary>
    /// <param name="open">Opens the log at its first byte, as stored (compressed where it is).</param>
    /// <param name="read">Bytes at its start that an earlier run read.</param>
    public bool KeepOriginal(SourceEntry source, Func<Stream> open, long read = 0)
    {
        var state = _journal.State;
        var from = KeptLogs.Reach(state.Originals, source, read) ? read : 0;
        var kept = from == 0 && state.EverNamed.Contains(LedgerLayout.Original(source.Sha256));
        if (!kept)
            Guard(() => kept = _draft.KeepOriginal(_journal.NextCommit, state, source, open, from));
        return kept;
    }

    /// <summary>
    /// Stores the accounts and their status with the next commit, in the order given; replaces earlier ones.
    /// </summary>
    public void SetAccounts(IEnumerable<(SubjectId Account, AccountStatus Status)> accounts) =>
        Guard(() => _draft.SetAccounts(_journal.NextCommit, accounts));

    /// <summary>
    /// Stores who is behind an account with the next commit; position 0 is the holder. Replaces earlier ones.
    /// </summary>
    public void SetPeople(IEnumerable<(SubjectId Account, string Person, int Position)> people) =>
        Guard(() => _draft.SetPeople(_journal.NextCommit, people));

    /// <summary>Says with the next commit what became of logs that were read earlier.</summary>
    public void AddSourceChanges(IEnumerable<SourceChanged> changes) => Guard(() =>
    {
        foreach (var change in changes)
            _draft.Add(change);
    });

    /// <summary>Says with the next commit what the streams themselves tell of lines that are missing.</summary>
    /// <param name="records">How many lines of a stream, by its number in the catalog, were read as records.</param>
    public void AddStreamFaults(StreamWatch streams, Func<int, long> records) => Guard(() =>
    {
        foreach (var fault in streams.Entries(_journal.NextCommit, _catalog, records))
            _draft.Add(fault);
    });

    /// <summary>
    /// Makes everything given so far durable, at once. A crash at any moment leaves all of it or none.
    /// </summary>
    /// <param name="sources">The files that were read to their end since the last commit.</param>
    /// <param name="findings">With their ids; one of an id that the ledger has already replaces that one.</param>
    /// <param name="now">When, for the log; null in a scan of the past.</param>
    /// <param name="detectionState">SHA-256 of the state with which detection goes on, durable already.</param>
    public LedgerContents Commit(
        IReadOnlyList<SourceEntry> sources, IReadOnlyList<Finding> findings, EventTime? now = null,
        string? detectionState = null)
    {
        var undone = true;
        RequireUsable();
        try
        {
            var commit = _journal.NextCommit;
            var entries = _draft.Stage(commit, _journal.State, sources, findings);
            entries.Add(new Committed(commit) { Time = now, State = detectionState });
            _draft.Publish();
            using var turn = LedgerLock.TakeJournal(_directory, _options.Patience);
            _journal.Refresh();
            _journal.Append(_files, _signer, entries, out undone);
        }
        catch (LedgerException)
        {
            // When the journal may have the entries, their files must stay: reopening tells.
            if (!undone)
                _draft.Forget();
            Fail();
            throw;
        }
        _draft.Clear();
        Remember(sources);
        return Contents = _journal.ToContents();
    }

    /// <summary>Removes what was not committed, and lets go of the ledger.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _draft.Discard();
        _lock.Dispose();
    }

    /// <summary>Opens the journal, or begins it.</summary>
    private static Journal Begin(FileSystem files, string directory, LedgerOptions options)
    {
        using var turn = LedgerLock.TakeJournal(directory, options.Patience);
        if (!Journal.Exists(directory))
            LedgerOpening.Create(files, directory, options.SignerFor(isNew: true));
        return Journal.Load(directory);
    }

    private IReadOnlyList<string> Repair()
    {
        using var turn = LedgerLock.TakeJournal(_directory, _options.Patience);
        _journal.Refresh();
        return LedgerOpening.Repair(_files, _directory, _journal);
    }

    private void Remember()
    {
        foreach (var file in _journal.State.Of(FileKind.Dictionary))
            SubjectTables.LoadDictionary(_directory, file.Name, _catalog.Subjects);
        _draft.KnownSubjects = _catalog.Subjects.Count;
        foreach (var name in _journal.State.EverNamed.Where(LedgerLayout.IsSegment))
            _draft.Segments.Taken(name);
        Remember(_journal.State.Sources.Select(each => each.Source));
        Contents = _journal.ToContents();
    }

    private void Remember(IEnumerable<SourceEntry> sources)
    {
        foreach (var source in sources)
        {
            _readDigests.Add(source.Sha256);
            _readSizes.Add(source.Size);
        }
    }

    private void Guard(Action action)
    {
        RequireUsable();
        try
        {
            action();
        }
        catch (LedgerException)
        {
            Fail();
            throw;
        }
    }

    private void RequireUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failed)
            throw new LedgerException("An earlier failure stopped the writing of this ledger; open it again.");
    }

    private void Fail()
    {
        _failed = true;
        _draft.Discard();
    }

    private static void CreateFolder(FileSystem files, string directory)
    {
        try
        {
            files.CreateFolder(directory);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, directory);
        }
    }
}
