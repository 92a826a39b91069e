using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Cli.Tuning;
using WhoSaw.Detection;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// <c>whosaw tune</c>: what other settings would have raised. Exit status 3 when a part of the past is gone.
/// </summary>
internal sealed class TuneVerb(Host host)
{
    public int Run(TuneRequest request)
    {
        if (Dials(request.Detectors) is not { } dials)
            return ExitStatus.Usage;
        var ledger = LedgerContents.Read(request.Ledger);
        var zone = DisplayZone.Read(request.Ledger);
        if (!ScanVerb.Moment(request.From, zone, EventTime.Earliest, out var from)
            || !ScanVerb.Moment(request.To, zone, EventTime.Latest, out var to))
            return host.Fail(
                ExitStatus.Usage, "--from and --to take a time such as 2025-04-12T00:00:00+09:00, or a day");
        if (from >= to)
            return host.Fail(ExitStatus.Usage, "--from must lie before --to");
        foreach (var file in new[] { request.Json, request.Picture })
            if (ScanVerb.Writable(file) is { } fault)
                return host.Fail(ExitStatus.Usage, fault);
        var scan = new ScanRequest { Config = request.Config, From = from, To = to };
        if (Plan(scan, ledger) is not { } plan || Fingerprint(request) is not { } fingerprint)
            return ExitStatus.Usage;
        // the zone that hours of the day had when the ledger was made
        return Tune(request, new TuneRun(plan with { Zone = zone }, scan, fingerprint), ledger,
            PastLogs.Of(plan, ledger), dials, zone);
    }

    private int Tune(
        TuneRequest request, TuneRun run, LedgerContents ledger, PastLogs logs, IReadOnlyList<Dial> dials,
        TimeZoneInfo zone)
    {
        if (logs.Logs.Count == 0)
            return host.Fail(ExitStatus.Usage, NothingLeft(request, ledger));
        using var progress = new ProgressLine(
            host.Error, !Console.IsErrorRedirected, Console.IsErrorRedirected ? 100 : Console.WindowWidth, host.Clock,
            Language.English);
        run.Progress = progress.Report;
        var outcome = run.Run(ledger, logs, dials);
        progress.Dispose();
        if (run.DirectoryFaults.Count > 0)
            return host.Fail(ExitStatus.Usage, run.DirectoryFaults.Select(fault => fault.ToString()));
        if (outcome is null)
            return host.Fail(ExitStatus.Usage, "no line of the logs lies in that time: there is nothing to replay");
        if (request.Picture is { } picture)
        {
            using var file = new StreamWriter(picture) { NewLine = "\n" };
            TunePicture.Write(file, outcome);
        }
        if (request.Json is { } path)
        {
            using var output = path == "-" ? host.OpenOutput() : File.Create(path);
            TuneJson.Write(output, outcome);
        }
        if (request.Json != "-")
            TuneTable.Write(new PageWriter(host.Page()), request.Ledger, zone, outcome);
        else
            host.Fail(ExitStatus.Incomplete, TuneTable.Notes(outcome, zone));
        return logs.Gone.Count > 0 || outcome.Notices.Count > 0 ? ExitStatus.Incomplete : ExitStatus.Nothing;
    }

    private static string NothingLeft(TuneRequest request, LedgerContents ledger) =>
        ledger.Sources.Count == 0
            ? $"{request.Ledger} has read no logs yet: there is nothing to replay"
            : $"none of the {Counted.Of(ledger.Sources.Count, "log")} that {request.Ledger} has read is still there as "
                + "it was read, or kept with --keep-originals: there is nothing to replay";

    private IReadOnlyList<Dial>? Dials(IReadOnlyList<string> names)
    {
        foreach (var name in names.Where(name => Dial.All.All(dial => dial.Detector != name)))
        {
            host.Fail(ExitStatus.Usage, (DetectorSet.AllNames.Contains(name)
                ? $"{name} has no setting to tune; these have: "
                : $"there is no detector {name}; these have a setting to tune: ")
                + string.Join(", ", Dial.All.Select(dial => dial.Detector)));
            return null;
        }
        return names.Count == 0 ? Dial.All : [.. Dial.All.Where(dial => names.Contains(dial.Detector))];
    }

    /// <summary>As a scan plans, though some of the logs may be gone.</summary>
    private ScanPlan? Plan(ScanRequest request, LedgerContents ledger)
    {
        if (request.Config is not null)
            return new ScanVerb(host).Plan(request, checkFiles: false);
        var logs = ledger.Sources.Select(source => source.File).Distinct().Where(File.Exists).ToList();
        if (logs.Count > 0)
            return new ScanVerb(host).Plan(request with { Logs = logs });
        host.Fail(ExitStatus.Usage,
            "none of the ledger's logs is found from here: give the configuration that names them with --config");
        return null;
    }

    private Fingerprint? Fingerprint(TuneRequest request)
    {
        if ((request.FingerprintKey ?? ScanVerb.KeyPath()) is not { } path)
        {
            host.Fail(ExitStatus.Usage,
                "you have no configuration folder for the fingerprint key: give one with --fingerprint-key");
            return null;
        }
        if (FingerprintKey.LoadOrCreate(path, out var fault) is not { } fingerprint)
        {
            host.Fail(ExitStatus.Usage, fault);
            return null;
        }
        if (!FingerprintMark.Differs(request.Ledger, fingerprint))
            return fingerprint;
        host.Fail(ExitStatus.Usage,
            $"{request.Ledger} was written with another fingerprint key: give that one with --fingerprint-key");
        return null;
    }
}
