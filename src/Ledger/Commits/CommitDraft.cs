using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>What the next commit will hold: its files on their way to disk, and the entries to name them.</summary>
internal sealed class CommitDraft(FileSystem files, string directory, Catalog catalog, LedgerOptions options)
{
    private readonly Staging _staging = new(files, directory);
    private readonly List<JournalEntry> _observations = [];
    private readonly List<OriginalKept> _originals = [];
    private readonly TotalsBook _totals = new(catalog);
    private SegmentStore? _segments;
    private RejectFile? _rejects;
    private FileStamp? _accounts;
    private FileStamp? _people;

    public SegmentStore Segments => _segments ??= new SegmentStore(_staging, catalog, options);

    /// <summary>Ids up to this one are in the ledger's dictionaries.</summary>
    public int KnownSubjects { get; set; }

    public void AddTotals(IReadOnlyCollection<MinuteTotal> totals) => _totals.Add(totals);

    /// <summary>An entry that has no file.</summary>
    public void Add(JournalEntry observation) => _observations.Add(observation);

    public void Reject(
        int commit, int file, long offset, string reason, ReadOnlySpan<byte> line, EventTime? near)
    {
        var name = LedgerLayout.Rejects(commit);
        _rejects ??= new RejectFile(_staging.Create(name), name);
        var entry = catalog.Files[file];
        var stream = catalog.Streams[entry.Stream];
        _rejects.Add(catalog.Sources[stream.Source], stream.Name, entry.Path, offset, reason, line, near);
    }

    public void SetAccounts(int commit, IEnumerable<(SubjectId Account, AccountStatus Status)> accounts)
    {
        var name = LedgerLayout.Accounts(commit);
        _staging.Drop(name);
        _accounts = SubjectTables.WriteAccounts(_staging, name, accounts);
    }

    public void SetPeople(int commit, IEnumerable<(SubjectId Account, string Person, int Position)> people)
    {
        var name = LedgerLayout.People(commit);
        _staging.Drop(name);
        _people = SubjectTables.WritePeople(_staging, name, people);
    }

    /// <summary>Keeps a log, or what came to it; false when it gives other bytes than those that were read.</summary>
    /// <param name="open">Opens the log at its first byte.</param>
    public bool KeepOriginal(int commit, JournalState state, SourceEntry source, Func<Stream> open, long from)
    {
        string? digest;
        using (var log = open())
            digest = OriginalFile.DigestToKeep(source, log, from);
        if (digest is null)
            return false;
        var name = LedgerLayout.Original(digest);
        if (_originals.Exists(original => original.Name == name) || state.EverNamed.Contains(name))
            return true;
        var file = _staging.Create(name);
        using (var log = open())
            if (!OriginalFile.Write(file, name, digest, log, from, source.Size - from))
            {
                _staging.Drop(name);
                return false;
            }
        _originals.Add(new OriginalKept(
            commit, name, file.Sha256, file.Written, source.Source, source.Stream, source.File, source.Size - from,
            source.First, source.Last)
        { From = from });
        return true;
    }

    /// <summary>Writes all files to their end; the entries that make them count.</summary>
    public List<JournalEntry> Stage(
        int commit, JournalState state, IReadOnlyList<SourceEntry> sources, IReadOnlyList<Finding> findings)
    {
        var entries = new List<JournalEntry>();
        foreach (var segment in Segments.Flush())
            entries.Add(new SegmentAdded(
                commit, segment.Name, segment.Sha256, segment.Size, segment.Rows, segment.First, segment.Last,
                segment.Sources));
        if (_totals.Count > 0)
            entries.Add(_totals.Entry(
                commit, _totals.Write(_staging, LedgerLayout.Totals(commit), options.RowGroupRows)));
        StageFiles(commit, entries, findings);
        entries.AddRange(_originals);
        entries.AddRange(catalog.Operations.Skip(1)
            .Select(operation => new OperationEntry(operation.Name, operation.Fields, operation.Others))
            .Except(state.Operations)
            .Select(each => new OperationConfigured(commit, each.Name, each.Fields, each.Others)));
        entries.AddRange(sources.Select(source => SourceRead.Of(commit, source)));
        entries.AddRange(_observations);
        return entries;
    }

    /// <summary>The files are durable under their own names when this returns.</summary>
    public void Publish() => _staging.Publish();

    /// <summary>The journal may name the files by now: they are no longer ours to remove.</summary>
    public void Forget() => _staging.Forget();

    /// <summary>The commit is done; the next one begins with nothing.</summary>
    public void Clear()
    {
        _staging.Forget();
        _totals.Clear();
        _observations.Clear();
        _originals.Clear();
        (_rejects, _accounts, _people) = (null, null, null);
        KnownSubjects = catalog.Subjects.Count;
    }

    /// <summary>Removes everything that was given since the last commit.</summary>
    public void Discard()
    {
        _segments?.Abandon();
        _rejects?.Dispose();
        _rejects = null;
        _staging.Discard();
    }

    private void StageFiles(int commit, List<JournalEntry> entries, IReadOnlyList<Finding> findings)
    {
        void Add(FileKind kind, FileStamp? file)
        {
            if (file is not null)
                entries.Add(new FileAdded(commit, kind, file.Name, file.Sha256, file.Size, file.Rows));
        }
        Add(FileKind.Rejects, _rejects?.Complete(LedgerLayout.Rejects(commit)));
        if (catalog.Subjects.Count > KnownSubjects)
            Add(FileKind.Dictionary, SubjectTables.WriteDictionary(
                _staging, LedgerLayout.Dictionary(commit), catalog.Subjects, KnownSubjects));
        Add(FileKind.Accounts, _accounts);
        Add(FileKind.People, _people);
        if (findings.Count == 0)
            return;
        var name = LedgerLayout.Findings(commit);
        var file = _staging.Create(name);
        entries.AddRange(FindingFile.Write(file, name, findings, commit));
        Add(FileKind.Findings, new FileStamp(name, file.Sha256, file.Written, findings.Count));
    }
}
