using System.Globalization;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw scan</c>: the main job.</summary>
internal sealed class ScanVerb(Host host)
{
    public int Run(ScanRequest request, string? from, string? to)
    {
        if (request.Config is null && request.Logs.Count == 0)
            return host.Fail(ExitStatus.Usage,
                "name logs to read, or a configuration: whosaw scan LOG… or whosaw scan --config whosaw.yaml");
        if (Plan(request) is not { } plan)
            return ExitStatus.Usage;
        if (!Moment(from, plan.Zone, EventTime.Earliest, out var begin)
            || !Moment(to, plan.Zone, EventTime.Latest, out var end))
            return host.Fail(
                ExitStatus.Usage, "--from and --to take a time such as 2025-04-12T00:00:00+09:00, or a day");
        if (begin >= end)
            return host.Fail(ExitStatus.Usage, "--from must lie before --to");
        request = request with { From = begin, To = end };
        if (Outputs(request, plan) is not { } outputs)
            return ExitStatus.Usage;
        using var _ = outputs;
        if (Writable(request.Json) is { } jsonFault)
            return host.Fail(ExitStatus.Usage, jsonFault);
        if (Writable(request.Report) is { } reportFault)
            return host.Fail(ExitStatus.Usage, reportFault);
        if ((request.FingerprintKey ?? KeyPath()) is not { } keyPath)
            return host.Fail(
                ExitStatus.Usage,
                "you have no configuration folder for the fingerprint key: give one with --fingerprint-key");
        if (FingerprintKey.LoadOrCreate(keyPath, out var keyFault) is not { } fingerprint)
            return host.Fail(ExitStatus.Usage, keyFault);
        var kept = request.Ledger is not null;
        var ledger = request.Ledger ?? Directory.CreateTempSubdirectory("whosaw-").FullName;
        try
        {
            return Scan(request, plan, fingerprint, ledger, outputs);
        }
        finally
        {
            if (!kept)
                Directory.Delete(ledger, recursive: true);
        }
    }

    private int Scan(ScanRequest request, ScanPlan plan, Fingerprint fingerprint, string ledger, OutputSet outputs)
    {
        if (FingerprintMark.Differs(ledger, fingerprint))
            return host.Fail(ExitStatus.Usage,
                $"{ledger} was written with another fingerprint key: give that one with --fingerprint-key");
        if (RecordedStretches.Fault(ledger, plan, request.From, request.To) is { } twice)
            return host.Fail(ExitStatus.Usage, twice);
        var run = new ScanRun(plan, request, fingerprint, host.Clock);
        var language = CommonOptions.LanguageOf(request.Language ?? plan.Language);
        using var progress = new ProgressLine(
            host.Error, !Console.IsErrorRedirected, Console.IsErrorRedirected
                ? 100 : Console.WindowWidth, host.Clock, language);
        run.Progress = progress.Report;
        var outcome = run.Run(ledger);
        progress.Dispose();
        Spare.Collect();
        if (outcome is null)
            return host.Fail(ExitStatus.Usage, run.DirectoryFaults.Select(fault => fault.ToString()));
        FingerprintMark.Write(ledger, fingerprint);
        DisplayZone.Write(ledger, plan.Zone);
        var story = new StoryTeller(plan, request, outcome).Tell();
        Write(request, story, language);
        var unsent = outputs.IsEmpty ? []
            : outputs.Send(FindingNews.Of(outcome, story), CancellationToken.None).GetAwaiter().GetResult();
        host.Fail(ExitStatus.Incomplete, unsent);
        if (unsent.Count > 0 || plan.Faults.Count > 0 || outcome.Inputs.Faults.Count > 0
            || outcome.Files.Any(file => file.Tally.Fault is not null) || outcome.NotUnderstood.Any())
            return ExitStatus.Incomplete;
        // what earlier runs found is open until somebody decides on it: a second scan must not read as "all is well"
        return outcome.Findings.Any(finding => finding.Severity >= Severity.Medium)
            || outcome.Ledger.Findings.Any(finding =>
                finding.Kind == FindingKind.Access && finding.Severity >= Severity.Medium)
            ? ExitStatus.Findings : ExitStatus.Nothing;
    }

    private OutputSet? Outputs(ScanRequest request, ScanPlan plan)
    {
        var options = plan.Outputs.ToList();
        foreach (var text in request.Outputs)
        {
            if (OutputText.Read(text, out var fault) is not { } read)
            {
                host.Fail(ExitStatus.Usage, fault);
                return null;
            }
            options.Add(read);
        }
        var (outputs, faults) = OutputSet.Open(options, host.Clock);
        host.Fail(ExitStatus.Usage, faults);
        return outputs;
    }

    private void Write(ScanRequest request, ScanStory story, Language language)
    {
        if (request.Json is not null)
        {
            using var lines = request.Json == "-" ? host.OpenOutput() : File.Create(request.Json);
            FindingLines.Write(lines, story.Findings);
        }
        if (request.Report is not null)
        {
            using var page = new StreamWriter(request.Report);
            HtmlReport.Write(page, story, language);
        }
        if (request.Json != "-")
            ScanPage.Write(host.Page(), story, language);
    }

    /// <param name="checkFiles">Whether logs that the configuration names must be there.</param>
    internal ScanPlan? Plan(ScanRequest request, bool checkFiles = true)
    {
        if (request.Config is null)
        {
            var (plan, faults) = ZeroConfiguration.Plan(request.Logs);
            if (plan is null)
                host.Fail(ExitStatus.Usage, faults);
            return plan;
        }
        var (configuration, problems) = ConfigurationFile.Load(
            request.Config, checkFiles && request.Logs.Count == 0);
        if (configuration is null || problems.Count > 0)
        {
            foreach (var problem in problems)
                host.Error.WriteLine(problem.ToString());
            return null;
        }
        var read = Shown(ScanPlan.Of(configuration));
        return request.Logs.Count == 0 ? read : WithLogs(read, request.Logs);
    }

    /// <summary>Where no zone is configured, people read times as the first log writes them.</summary>
    private static ScanPlan Shown(ScanPlan plan)
    {
        if (plan.Zone != TimeZoneInfo.Utc)
            return plan;
        var model = plan.Sources.FirstOrDefault(source => source.Kind == SourceKind.Access);
        var first = model is null ? null : SourceFiles.Expand(model, plan.BaseDirectory).Files is [var file, ..]
            ? file : null;
        return first is not null && LogSample.ZoneOf(first.Path) is { } zone ? plan with { Zone = zone } : plan;
    }

    /// <summary>The logs of the command line stand in for those of the first access source.</summary>
    private ScanPlan? WithLogs(ScanPlan plan, IReadOnlyList<string> logs)
    {
        var model = plan.Sources.FirstOrDefault(source => source.Kind == SourceKind.Access);
        if (model is null)
        {
            host.Fail(ExitStatus.Usage, "the configuration has no access source whose format these logs could have");
            return null;
        }
        var named = logs.Select((log, place) => model with
        {
            Id = place == 0 ? model.Id : $"{model.Id}-{place + 1}",
            Path = log == InputFile.StandardInput ? log : Path.GetFullPath(log),
        });
        return plan with { Sources = [.. named, .. plan.Sources.Where(source => source.Kind != SourceKind.Access)] };
    }

    internal static bool Moment(string? text, TimeZoneInfo zone, EventTime absent, out EventTime time)
    {
        var isRead = MomentText.TryRead(text, zone, out var read);
        time = read ?? absent;
        return isRead;
    }

    /// <summary>Why a file cannot be written: said before hours of reading, not after.</summary>
    internal static string? Writable(string? path)
    {
        if (path is null or "-")
            return null;
        if (Directory.Exists(path))
            return $"{path} is a folder";
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? null : $"{path}: there is no folder {folder}";
    }

    /// <summary>In the user's configuration folder; null where there is none (no HOME).</summary>
    internal static string? KeyPath()
    {
        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create);
        return folder.Length == 0 ? null : Path.Combine(folder, "whosaw", "fingerprint.key");
    }
}
