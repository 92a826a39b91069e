using System.CommandLine;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

internal static class LedgerCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var language = CommonOptions.Language();
        var report = new Option<string?>("--report")
        {
            Description = "Write the calendar of coverage as one HTML page.",
            HelpName = "F.html",
        };
        var status = new Command("status", "Say what lies in the ledger, from which streams, for which time.")
        {
            ledger, report, language,
        };
        status.SetAction(parsed => Status(
            host, parsed.GetValue(ledger)!, parsed.GetValue(report),
            CommonOptions.LanguageOf(parsed.GetValue(language))));
        return new Command("ledger", "Look after the evidence.")
        {
            status, LedgerVerifyCommand.Create(host), LedgerHoldCommands.Hold(host), LedgerHoldCommands.Release(host),
            LedgerHoldCommands.Retain(host), LedgerHoldCommands.Erase(host), LedgerHoldCommands.Policy(host),
            LedgerExportCommands.Export(host), LedgerExportCommands.Check(host), LedgerCompactCommand.Create(host),
            LedgerKeyCommands.Timestamp(host), LedgerKeyCommands.ChangeKey(host),
        };
    }

    private static int Status(Host host, string directory, string? report, Language language)
    {
        var ledger = LedgerContents.Read(directory);
        var zone = DisplayZone.Read(directory);
        var coverage = CoverageDays.Of(ledger, zone);
        var status = new LedgerStatus
        {
            Path = directory,
            Records = ledger.Segments.Sum(segment => segment.Rows),
            Segments = ledger.Segments.Count,
            Bytes = ledger.Segments.Sum(segment => segment.Size),
            Findings = ledger.Findings.Count,
            Zone = zone,
            First = ledger.Segments.Count == 0 ? null : ledger.Segments.Min(segment => segment.First),
            Last = ledger.Segments.Count == 0 ? null : ledger.Segments.Max(segment => segment.Last),
            Streams = [.. ledger.Sources.GroupBy(source => (source.Source, source.Stream)).OrderBy(group => group.Key)
                .Select(group => new LedgerStream(
                    group.Key.Source, group.Key.Stream,
                    // a log that grew has several entries
                    group.Select(s => s.Head ?? s.File).Distinct().Count(), group.Sum(s => s.Lines),
                    group.Sum(s => s.Records),
                    group.Sum(s => s.Rejects), group.Min(s => s.First), group.Max(s => s.Last)))],
        };
        if (report is not null)
        {
            using var output = new StreamWriter(report);
            LedgerReport.Write(output, status, ledger, coverage, language);
        }
        var page = host.Page();
        LedgerPage.Write(page, status, language);
        CoverageCalendar.Write(new PageWriter(page), coverage, language);
        CoverageCalendar.WriteNotes(new PageWriter(page), ledger, language);
        return ExitStatus.Nothing;
    }
}
