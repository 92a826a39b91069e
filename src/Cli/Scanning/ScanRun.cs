using WhoSaw.Cli.Verbs;
using WhoSaw.Detection;
using WhoSaw.Intake;
using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>What a run read and found; the ledger has it by then.</summary>
internal sealed record ScanOutcome(
    LedgerContents Ledger, Catalog Catalog, IReadOnlyList<(InputFile File, FileTally Tally)> Files,
    IReadOnlyList<Finding> Findings, IReadOnlyDictionary<RejectReason, long> Rejected, InputPlan Inputs,
    IReadOnlyList<string> Detectors, IReadOnlyList<string> Notices, AccountDirectory Accounts, KeyRegister Keys,
    double Seconds)
{
    /// <summary>Logs of which no line was understood: of another format, it seems, or no text.</summary>
    public IEnumerable<(InputFile File, FileTally Tally)> NotUnderstood =>
        Files.Where(each => each is { File.Skip: 0, Tally: { Lines: > 0, Records: 0, Fault: null } });

    /// <summary>What the ledger had open before, by id.</summary>
    public IReadOnlyDictionary<string, Finding> Before { get; init; } = new Dictionary<string, Finding>();

    /// <summary>By kind of theft; only when the request asks for it.</summary>
    public IReadOnlyList<(string Theft, double Evidence)> LargestEvidence { get; init; } = [];
}

/// <summary>
/// Joins the rooms: intake gives batches, detection marks and watches them, the ledger keeps them; one commit at the
/// end.
/// </summary>
internal sealed class ScanRun(ScanPlan plan, ScanRequest request, Fingerprint fingerprint, TimeProvider clock)
{
    private readonly Dictionary<RejectReason, long> _rejected = [];

    // Both belong to the thread that merges, until it is done.
    private readonly StreamWatch _streams = new();
    private EventTime? _lastTime;

    // Rejects are written by the thread that merges, rows by the one that detects.
    private readonly Lock _writing = new();

    /// <summary>
    /// Called now and then on the thread of the run: stored bytes so far, stored bytes in all, lines so far.
    /// </summary>
    public Action<long, long, long>? Progress { get; set; }

    /// <summary>Faults of accounts, people and keys files; when there are any, nothing ran.</summary>
    public IReadOnlyList<FileFault> DirectoryFaults { get; private set; } = [];

    /// <summary>
    /// Null when a directory file has faults. Throws <see cref="LedgerException"/> when the ledger cannot be written.
    /// </summary>
    public ScanOutcome? Run(string ledgerDirectory)
    {
        var began = clock.GetTimestamp();
        var catalog = new Catalog(plan.Operations);
        using var ledger = LedgerWriter.Open(ledgerDirectory, catalog, LedgerKeys.Options(mayCreate: true));
        var faults = new List<FileFault>();
        DirectoryFaults = faults;
        if (CompanyLists.Read(plan, catalog, ledger, faults) is not var (accounts, keys, places))
            return null;
        using var _ = places;
        var inputs = InputPlan.Of(plan, catalog, ledger);
        ledger.AddSourceChanges([.. SourceAudit.Changes(plan, inputs, ledger.Contents)]);
        var detectors = plan.ToDetectors(catalog, accounts, keys, places);
        var notices = new List<string>([.. ledger.Repairs, .. inputs.Notices]);
        if (!request.Detects)
            notices.Add("No detector looked: this measures what the rest takes, and says nothing about the logs.");
        var state = new DetectionStateFile(ledgerDirectory);
        if (state.Restore(detectors, ledger.Contents) is { } lost)
            notices.Add(lost);
        using var merger = new LogMerger(
            catalog, inputs.Files, new RouteTable(plan.Routes), fingerprint, plan.ToIntake(request, places),
            (file, offset, reason, line) => Reject(ledger, file, offset, reason, line));
        Read(merger, detectors, ledger, inputs);
        ledger.AddTotals(merger.Totals.TakeBefore(long.MaxValue));
        Spare.Collect();
        var before = ledger.Contents.Findings.ToDictionary(finding => finding.Id);
        var findings = FindingContinuation.Of(
            ledger.Contents.Findings, ledger.Contents.Withdrawn, detectors.Conclude());
        notices.AddRange(detectors.LimitsReached.Select(limit => limit.Sentence!));
        var files = merger.Tallies.ToList();
        var sources = files.Where(IsComplete).Select(f => (f.File, Entry: Entry(catalog, inputs, f.File, f.Tally)))
            .ToList();
        if (request.KeepOriginals)
            notices.AddRange(OriginalLogs.Keep(ledger, inputs, sources));
        ledger.AddStreamFaults(
            _streams, stream => files.Where(f => f.File.Stream == stream).Sum(f => f.Tally.Records));
        var saved = state.Save(detectors);
        var contents = ledger.Commit(
            [.. sources.Select(source => source.Entry)], findings, detectionState: saved);
        state.RemoveOthers(saved);
        return new ScanOutcome(
            contents, catalog, files, findings, _rejected, inputs, [.. detectors.Names], notices, accounts, keys,
            clock.GetElapsedTime(began).TotalSeconds)
        {
            Before = before,
            LargestEvidence = request.MeasuresEvidence ? detectors.LargestEvidence() : [],
        };
    }

    private void Read(LogMerger merger, DetectorSet detectors, LedgerWriter ledger, InputPlan inputs)
    {
        using var filling = new FillingThread(merger, batch =>
        {
            _streams.Observe(batch);
            _lastTime = batch.Time[batch.Count - 1];
        });
        foreach (var filled in filling.All())
        {
            if (request.Detects)
                detectors.Observe(filled.Batch);
            lock (_writing)
            {
                ledger.Append(filled.Batch);
                ledger.AddTotals(filled.Totals);
            }
            Progress?.Invoke(filled.Stored, inputs.StoredBytes, filled.Lines);
        }
    }

    /// <summary>On the merging thread.</summary>
    private void Reject(LedgerWriter ledger, int file, long offset, RejectReason reason, ReadOnlySpan<byte> line)
    {
        _rejected[reason] = _rejected.GetValueOrDefault(reason) + 1;
        lock (_writing)
            ledger.Reject(file, offset, RejectReasons.Words(reason), line, _lastTime);
    }

    /// <summary>
    /// A file that could not be opened, and one of which only a stretch was looked at, may be read again.
    /// </summary>
    private bool IsComplete((InputFile File, FileTally Tally) read) =>
        read.Tally.Sha256.Length > 0 && request.From == EventTime.Earliest && request.To == EventTime.Latest;

    private static SourceEntry Entry(Catalog catalog, InputPlan inputs, InputFile file, FileTally tally) => new(
        file.Source.Id, catalog.Streams[file.Stream].Name, file.Display, tally.Size, tally.Sha256, tally.Lines,
        tally.Records,
        tally.Rejects, tally.Blank, tally.First, tally.Last, tally.Fault is not null)
    {
        Framing = RecordFraming.NameOf(file.Source),
        Head = inputs.Heads.GetValueOrDefault(file.Path)?.Mark,
    };
}
