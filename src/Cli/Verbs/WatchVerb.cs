using System.Net;
using System.Runtime.InteropServices;
using WhoSaw.Cli.Scanning;
using WhoSaw.Cli.Watching;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Sources;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw watch</c>: a scan that does not end.</summary>
internal sealed class WatchVerb(Host host)
{
    private static readonly TimeSpan LastNews = TimeSpan.FromSeconds(5);

    public int Run(WatchRequest request, string? from, string? to)
    {
        var scan = request.Scan;
        if (scan.Config is null && scan.Logs.Count == 0)
            return host.Fail(ExitStatus.Usage,
                "name logs to follow, or a configuration: whosaw watch --config whosaw.yaml --ledger DIR");
        if (scan.Logs.Contains(InputFile.StandardInput))
            return host.Fail(
                ExitStatus.Usage, "standard input cannot be followed: it cannot be read again after a crash");
        if (new ScanVerb(host).Plan(scan, checkFiles: false) is not { } plan)
            return ExitStatus.Usage;
        if (!ScanVerb.Moment(from, plan.Zone, EventTime.Earliest, out var begin)
            || !ScanVerb.Moment(to, plan.Zone, EventTime.Latest, out var end) || begin >= end)
            return host.Fail(ExitStatus.Usage,
                "--from and --to take a time such as 2025-04-12T00:00:00+09:00, or a day, the one before the other");
        request = request with { Scan = scan with { From = begin, To = end } };
        if (ScanVerb.Writable(scan.Json) is { } jsonFault)
            return host.Fail(ExitStatus.Usage, jsonFault);
        if ((scan.FingerprintKey ?? ScanVerb.KeyPath()) is not { } keyPath)
            return host.Fail(
                ExitStatus.Usage,
                "you have no configuration folder for the fingerprint key: give one with --fingerprint-key");
        if (FingerprintKey.LoadOrCreate(keyPath, out var keyFault) is not { } fingerprint)
            return host.Fail(ExitStatus.Usage, keyFault);
        if (FingerprintMark.Differs(scan.Ledger!, fingerprint))
            return host.Fail(ExitStatus.Usage,
                $"{scan.Ledger} was written with another fingerprint key: give that one with --fingerprint-key");
        if (RecordedStretches.Fault(scan.Ledger!, plan, begin, end) is { } twice)
            return host.Fail(ExitStatus.Usage, twice);
        return Watch(request, plan, fingerprint);
    }

    private int Watch(WatchRequest request, ScanPlan plan, Fingerprint fingerprint)
    {
        var directory = request.Scan.Ledger!;
        var catalog = new Catalog(plan.Operations);
        using var ledger = LedgerWriter.Open(directory, catalog, LedgerKeys.Options(mayCreate: true));
        Directory.CreateDirectory(Path.Combine(directory, "state"));
        FingerprintMark.Write(directory, fingerprint);
        DisplayZone.Write(directory, plan.Zone);
        using var metrics = new WatchMetrics(host.Clock);
        if (Server(request, metrics, out var fault) is var server && fault is not null)
            return host.Fail(ExitStatus.Usage, fault);
        using var serving = server;
        var json = request.Scan.Json;
        var words = json == "-" ? host.Error : host.Out;
        var (outputs, outputFaults) = NewsOutputs.Open(plan.Outputs, json, host);
        using var ways = outputs;
        if (outputs is null)
            return host.Fail(ExitStatus.Usage, outputFaults);
        using var outbox = new Outbox(directory, outputs.All, ledger.Contents.Findings, host.Clock);
        using var run = new WatchRun(plan, request, fingerprint, ledger, catalog, host.Clock)
        {
            Lines = new WatchLines(words, host.Error, plan.Zone, host.Clock),
            Metrics = metrics,
            Outbox = outbox,
        };
        if (!run.Prepare())
            return host.Fail(ExitStatus.Usage, run.Faults.Select(each => each.ToString()));
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop))
            run.Watch(stop.Token);
        outbox.Finish(LastNews);
        return run.Standing.Any(finding => finding.Severity >= Severity.Medium)
            ? ExitStatus.Findings : ExitStatus.Nothing;
    }

    private static MetricsServer? Server(WatchRequest request, WatchMetrics metrics, out string? fault)
    {
        fault = null;
        if (request.MetricsPort is not { } port)
            return null;
        try
        {
            return new MetricsServer(port, metrics);
        }
        catch (HttpListenerException problem)
        {
            fault = $"metrics cannot be served on port {port}: {problem.Message}";
            return null;
        }
    }
}
