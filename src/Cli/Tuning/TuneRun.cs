using WhoSaw.Cli.Scanning;
using WhoSaw.Detection;
using WhoSaw.Intake.Directories;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Places;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Cli.Tuning;

/// <summary>
/// Reads a ledger's past again, the way of a scan, with detectors at several settings side by side. It writes nothing
/// to the ledger. All detectors look at every setting, since what one no longer says another may.
/// </summary>
internal sealed class TuneRun(ScanPlan plan, ScanRequest request, Fingerprint fingerprint)
{
    // What one set of detectors may take of ten million accounts; see docs/scale.md.
    private const long MemoryOfSet = 1L << 30;
    private const int MostAtOnce = 12;

    /// <summary>Called now and then: stored bytes so far, in all, lines so far.</summary>
    public Action<long, long, long>? Progress { get; set; }

    /// <summary>Faults of accounts and keys files; when there are any, nothing ran.</summary>
    public IReadOnlyList<FileFault> DirectoryFaults { get; private set; } = [];

    /// <summary>Null when a directory file has faults, or nothing is left to replay.</summary>
    public TuneOutcome? Run(LedgerContents ledger, PastLogs logs, IReadOnlyList<Dial> dials)
    {
        var present = plan.Detection;
        var settings = dials.SelectMany(dial => dial.Scale(present).Where(value => value != dial.Of(present))
            .Select(value => (Dial: dial, Value: value))).ToList();
        IReadOnlyList<DetectionOptions> options =
            [present, .. settings.Select(each => each.Dial.Turn(present, each.Value))];
        var raised = new List<IReadOnlyList<Finding>>();
        var chunks = options.Chunk(AtOnce()).ToList();
        var read = new Replay(EventTime.Latest, EventTime.Earliest, []);
        var linesBefore = 0L;
        foreach (var (pass, chunk) in chunks.Index())
        {
            var (bytesBefore, linesNow) = (pass * logs.StoredBytes, 0L);
            var findings = Replayed(logs, chunk, ref read, (stored, lines) =>
            {
                linesNow = lines;
                Progress?.Invoke(bytesBefore + stored, chunks.Count * logs.StoredBytes, linesBefore + lines);
            });
            linesBefore += linesNow;
            if (findings is null)
                return null;
            raised.AddRange(findings);
        }
        if (read.From > read.To)
            return null;
        var standing = ledger.Findings.Where(TunedSetting.IsAlarm).ToLookup(
            finding => read.From <= finding.Raised && finding.Raised <= read.To);
        using var spill = new TemporarySpill();
        using var engine = ScopeEngine.Open(
            ledger, new ScopeEngineOptions { Threads = request.Threads, SpillDirectory = spill.Path });
        var match = new FindingMatch(engine);
        var tuned = dials.Select(dial => new TunedDetector(dial,
        [
            .. dial.Scale(present).Select(value =>
            {
                // the present one stands in no list of others: its findings are the first
                var place = settings.IndexOf((dial, value));
                var findings = raised[place + 1];
                return new TunedSetting(dial.Detector, value, place < 0, findings,
                    [.. standing[true].Select(finding => (finding, match.Of(finding, findings)))]);
            }),
        ])).ToList();
        return new TuneOutcome(
            [.. standing[true]], [.. standing[false]], tuned, logs, read.From, read.To, read.Notices);
    }

    private static int AtOnce() => (int)Math.Clamp(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryOfSet - 1, 1, MostAtOnce);

    private sealed record Replay(EventTime From, EventTime To, IReadOnlyList<string> Notices);

    /// <summary>What each set raised, after one reading of the logs.</summary>
    private List<IReadOnlyList<Finding>>? Replayed(
        PastLogs logs, DetectionOptions[] options, ref Replay read, Action<long, long> progress)
    {
        var catalog = new Catalog(plan.Operations);
        var faults = new List<FileFault>();
        DirectoryFaults = faults;
        if (CompanyLists.Read(plan, catalog, null, faults) is not var (accounts, keys, places))
            return null;
        using var _ = places;
        var sets = options.Select(each => plan.ToDetectors(catalog, accounts, keys, places, each)).ToList();
        using var merger = new LogMerger(
            catalog, logs.ToInputs(plan, catalog), new RouteTable(plan.Routes), fingerprint,
            plan.ToIntake(request, places), (_, _, _, _) => { }, logs.Open);
        using (var filling = new FillingThread(merger, _ => { }))
        {
            var asRead = new Trait[AccessBatch.Capacity];
            foreach (var filled in filling.All())
            {
                var batch = filled.Batch;
                Array.Copy(batch.Traits, asRead, batch.Count);
                foreach (var set in sets)
                {
                    // what another set saw in a row is none of its business
                    Array.Copy(asRead, batch.Traits, batch.Count);
                    set.Observe(batch);
                }
                progress(filled.Stored, filled.Lines);
            }
        }
        read = Stretch(merger);
        return [.. sets.Select(set => set.Conclude())];
    }

    private Replay Stretch(LogMerger merger)
    {
        var (first, last) = (EventTime.Latest, EventTime.Earliest);
        var notices = new List<string>();
        foreach (var (file, tally) in merger.Tallies)
        {
            if (tally.Fault is { } fault)
                notices.Add($"{file.Display}: {fault}");
            if (file.Source.Kind == SourceKind.Issuer || tally.First is not { } from || tally.Last is not { } to)
                continue;
            (first, last) = (from < first ? from : first, to > last ? to : last);
        }
        // a file may begin before and end after what was asked for
        first = first < request.From ? request.From : first;
        last = last >= request.To ? request.To : last;
        return new Replay(first, last, notices);
    }

    private sealed class TemporarySpill : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("whosaw-tune-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
