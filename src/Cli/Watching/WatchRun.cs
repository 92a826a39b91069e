using WhoSaw.Cli.Scanning;
using WhoSaw.Detection;
using WhoSaw.Intake;
using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// Joins the rooms as a scan does, over logs that grow: what was read counts from a commit on, with the positions up to
/// which it was read; what is found is committed at once, and told when it is durable.
/// </summary>
internal sealed class WatchRun(
    ScanPlan plan, WatchRequest request, Fingerprint fingerprint, LedgerWriter ledger, Catalog catalog,
    TimeProvider clock) : IDisposable
{
    private const int BatchesAtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly WatchState _state = new(ledger.Contents.Directory);
    private readonly DetectionStateFile _shared = new(ledger.Contents.Directory);
    private readonly ConcludePace _pace = new(clock);
    private readonly EventClock _events = new(clock);
    private readonly FindingSizes _sizes = new(clock);
    private readonly AccessBatch _batch = new();
    private readonly Dictionary<string, Finding> _uncommitted = new(StringComparer.Ordinal);
    private readonly FindingBook _book = new(ledger.Contents.Findings.Concat(ledger.Contents.Withdrawn));
    private DetectorSet _detectors = null!;
    private readonly HashSet<string> _limits = [];
    private LogTail _tail = null!;
    private SilentStreams _silence = null!;
    private AddressPlaces? _places;
    private int _commit;
    private bool _isNew;

    private long _rowsSinceCommit;
    private long _committed = clock.GetTimestamp();
    private long _saved = clock.GetTimestamp();

    /// <summary>Faults of accounts, people and keys files; when there are any, nothing ran.</summary>
    public List<FileFault> Faults { get; } = [];
    public required WatchLines Lines { get; init; }
    public required WatchMetrics Metrics { get; init; }

    /// <summary>Told after the ledger has it.</summary>
    public required Outbox Outbox { get; init; }
    public IReadOnlyCollection<Finding> Standing => _book.Standing;
    public long LinesRead { get; private set; }

    /// <summary>False when the company's lists have faults. Reads nothing yet.</summary>
    public bool Prepare()
    {
        if (CompanyLists.Read(plan, catalog, ledger, Faults) is not var (accounts, keys, places))
            return false;
        _places = places;
        _detectors = plan.ToDetectors(catalog, accounts, keys, _places);
        var commits = LedgerJournal.Read(ledger.Contents.Directory).OfType<Committed>().ToList();
        _commit = commits.Count;
        var seen = RestoreDetection(commits is [.., { State: not null }]);
        var readings = new LedgerReadings(ledger.Contents.Sources, plan);
        var positions = _state.LoadPositions(_commit) ?? [];
        _tail = new LogTail(
            catalog, new TailPlan(
                plan.Sources, plan.BaseDirectory, positions, seen, (source, file) => TakenOf(readings, source, file)),
            new RouteTable(plan.Routes), fingerprint,
            plan.ToIntake(request.Scan, _places),
            new TailOptions { Patience = request.Patience }, clock, Reject);
        _silence = new SilentStreams(Coverage.Read(ledger.Contents), clock);
        foreach (var repair in ledger.Repairs)
            Lines.Notice(repair);
        Lines.Began(_tail.Positions().Count, _tail.Lags().Count, _book.Standing.Count);
        return true;
    }

    /// <summary>Watches until it is told to stop; then everything that is there is taken, and committed.</summary>
    public void Watch(CancellationToken stop)
    {
        using var hints = new FolderHints(plan, _tail.LookSoon);
        var trusted = false;
        while (true)
        {
            var isStopping = stop.IsCancellationRequested;
            if (isStopping && _tail.IsReplaying)
                return;
            if (!_tail.IsReplaying && !trusted)
            {
                trusted = true;
                _detectors.RemembersAll &= _tail.Forgotten == 0;
                if (_detectors.RemembersAll)
                    _book.TrustMemory();
            }
            var came = !isStopping && _tail.Read();
            var went = Take(isStopping);
            if (Metrics.Beat())
                Metrics.Show(_tail.Lags(), _events.Now, Outbox, _tail.IsReplaying);
            if (!_tail.IsReplaying)
                Look(isStopping && !went);
            if (isStopping && !went)
                break;
            foreach (var notice in _tail.TakeNotices())
                Lines.Notice(notice);
            foreach (var limit in _detectors.LimitsReached)
                if (_limits.Add(limit.Name))
                    Lines.Notice(limit.Sentence!);
            if (!came && !went)
                stop.WaitHandle.WaitOne(Pause);
        }
        _sizes.Wait();
        Lines.Ended(LinesRead, _book.Standing.Count);
    }

    public void Dispose()
    {
        _tail?.Dispose();
        _places?.Dispose();
    }

    /// <summary>Hands on the rows that may go; true when there were some.</summary>
    private bool Take(bool hurry)
    {
        for (var batches = 0; ; batches++)
        {
            var again = _tail.IsReplaying;
            if (!_tail.Fill(_batch, hurry))
                return batches > 0;
            _detectors.Observe(_batch);
            _isNew = true;
            for (var row = 0; row < _batch.Count; row++)
                _events.See(_batch.Time[row]);
            if (!again)
            {
                ledger.Append(_batch);
                _rowsSinceCommit += _batch.Count;
            }
            if (batches >= BatchesAtOnce && _tail.IsBetweenLines)
                return true;
        }
    }

    /// <summary>Looks at the evidence when it is time, and commits when there is reason to.</summary>
    private void Look(bool isLast)
    {
        if (_sizes.Take() is { } sizes)
            Measure(sizes);
        var facts = _detectors.Facts;
        var told = new List<(Finding Finding, News News)>();
        if (isLast || _pace.IsDue(facts, _isNew))
        {
            var now = _events.Now;
            var all = _pace.Measure(facts, () => _detectors.Conclude());
            var found = all.Where(finding => isLast || finding.Raised <= now).ToList();
            // What waits for its grace is looked at again when it is over.
            _isNew = found.Count < all.Count;
            found.AddRange(_silence.Conclude());
            foreach (var (finding, news) in _book.Take(
                found, clock.GetUtcNow(), isLast, known => known.Detector == SilentStreams.Detector))
            {
                _uncommitted[finding.Id] = finding;
                if (news is { } said)
                    told.Add((finding, said));
            }
            Metrics.Looked(_pace.Cost, _book.Standing);
        }
        if (told.Count == 0 && !isLast && clock.GetElapsedTime(_committed) < request.CommitEvery)
            return;
        Commit(told, isLast);
    }

    private void Commit(List<(Finding Finding, News News)> told, bool isLast)
    {
        while (!_tail.IsBetweenLines)
            Take(hurry: false);
        _tail.Settle();
        _committed = clock.GetTimestamp();
        var isSaved = isLast || clock.GetElapsedTime(_saved) >= request.SaveEvery;
        var readings = _tail.TakeReadings();
        if (readings.Count == 0 && _rowsSinceCommit == 0 && told.Count == 0 && !isLast)
            return;
        CountTotals();
        var positions = _tail.Positions();
        _state.SavePositions(_commit + 1, positions);
        // A finding that only moved on is written now and then, not every minute.
        var findings = isSaved ? [.. _uncommitted.Values] : told.Select(each => each.Finding).ToList();
        var shared = isLast ? _shared.Save(_detectors) : null;
        var contents = ledger.Commit(
            [.. readings.Select(Entry)], findings, EventTime.From(clock.GetUtcNow()), shared);
        if (shared is not null)
            _shared.RemoveOthers(shared);
        _commit++;
        _rowsSinceCommit = 0;
        foreach (var finding in findings)
            _uncommitted.Remove(finding.Id);
        foreach (var (finding, news) in told)
        {
            Lines.Tell(finding, news);
            Outbox.Tell(finding, news);
        }
        if (isSaved && !isLast)
        {
            _state.SaveDetection(_commit, positions, _detectors);
            _saved = clock.GetTimestamp();
        }
        foreach (var reading in readings)
            LinesRead += reading.Tally.Lines;
        Metrics.Commits = _commit;
        if (!isLast)
            _sizes.Ask(contents, _book.Standing, told.Any(each => each.News == News.Raised));
    }

    private void CountTotals()
    {
        var totals = _tail.Totals.TakeBefore(long.MaxValue);
        foreach (var stream in totals.GroupBy(total => total.Stream))
        {
            var entry = catalog.Streams[stream.Key];
            _silence.Add(catalog.Sources[entry.Source], entry.Name, stream);
        }
        ledger.AddTotals(totals);
    }

    private void Measure(IReadOnlyList<(string Finding, long Accounts, long Views)> sizes)
    {
        foreach (var (id, accounts, views) in sizes)
        {
            if (_book.Standing.FirstOrDefault(finding => finding.Id == id) is not { } finding)
                continue;
            var before = Outbox.AccountsToldOf(id);
            if (before == 0)
            {
                Outbox.Note(id, accounts);
            }
            else if (accounts >= before * 10)
            {
                Lines.Size(finding, accounts, views);
                Outbox.Tell(finding, News.Grown, accounts, views);
            }
        }
    }

    /// <summary>Where detection has to see lines again; null when its state is that of the last commit.</summary>
    private IReadOnlyDictionary<string, long>? RestoreDetection(bool isShared)
    {
        // A scan's, or that of a watch which ended cleanly: it belongs to the last commit itself.
        if (isShared && _shared.Restore(_detectors, ledger.Contents) is null)
            return null;
        if (_state.LoadDetection(_commit, _detectors) is { } seen)
            return seen;
        // From the first line of every file that is there.
        _detectors.RemembersAll = true;
        return new Dictionary<string, long>();
    }

    /// <summary>Of a compressed file that was read to its end, everything: nobody adds to it.</summary>
    private static long TakenOf(LedgerReadings readings, SourceOptions source, SourceFile file) =>
        readings.Of(source.Id, file) is var known && known is { IsWhole: true, Head.IsWhole: true }
            ? long.MaxValue : known.Taken;

    private void Reject(int file, long offset, RejectReason reason, ReadOnlySpan<byte> line) =>
        ledger.Reject(file, offset, RejectReasons.Words(reason), line);

    private static SourceEntry Entry(TailReading reading) => new(
        reading.Source, reading.Stream, reading.Display, reading.Size, reading.Sha256, reading.Tally.Lines,
        reading.Tally.Records, reading.Tally.Rejects, reading.Tally.Blank, reading.Tally.First, reading.Tally.Last,
        reading.Tally.Fault is not null)
    {
        Head = reading.Mark,
        IsDecompressed = reading.IsDecompressed,
    };
}
