using System.CommandLine;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Verbs;

internal static class ExplainCommand
{
    public static Command Create(Host host)
    {
        var id = new Argument<string>("FINDING") { Description = "A finding's id." };
        var ledger = CommonOptions.Ledger(required: true);
        var lines = new Option<int>("--records")
        {
            Description = "How many of its records to show.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var logs = new Option<string?>("--logs")
        {
            Description = "The folder that the logs' paths are relative to, to show lines of logs that are not kept.",
            HelpName = "DIR",
        };
        var options = Watching.Options();
        var command = new Command(
            "explain", "Show the records behind a finding, down to file, offset and the raw line.")
        {
            id, ledger, lines, logs, options.Reason, options.By,
        };
        command.SetAction(parsed => new ExplainVerb(host, Watching.Of(host, parsed, options)).Run(
            parsed.GetValue(id)!, parsed.GetValue(ledger)!, parsed.GetValue(lines), parsed.GetValue(logs)));
        return command;
    }
}

/// <summary><c>whosaw explain</c>: what a finding rests on.</summary>
internal sealed class ExplainVerb(Host host, Watching who)
{
    public int Run(string id, string directory, int most, string? logs)
    {
        var ledger = LedgerContents.Read(directory);
        if (FindingPredicates.Find(ledger, id, host) is not { } finding)
            return ExitStatus.Usage;
        if (!who.MayLook(ledger))
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        var records = finding.Where.Length == 0
            ? []
            : engine.Records(Predicate.Parse(finding.Where).OrThrow(), most).ToList();
        who.Record(directory, new FindingExplained(finding.Id, records.Count, who.Reason, who.By));
        var zone = DisplayZone.Read(directory);
        var page = host.Out;
        page.WriteLine($"{finding.Id}  {finding.Title}");
        page.WriteLine($"  {finding.Why}");
        foreach (var evidence in finding.Evidence)
            page.WriteLine(
                $"  {evidence.What,-36} {evidence.Here}"
                + (evidence.Elsewhere.Length > 0 ? "   elsewhere " + evidence.Elsewhere : ""));
        page.WriteLine($"  where  {finding.Where}");
        if (finding.Where.Length == 0)
            return ExitStatus.Nothing;
        using var raw = new RawLines(ledger, logs);
        foreach (var record in records)
        {
            var row = record.Row;
            var time = TimeZoneInfo.ConvertTime(row.Time.ToUtc(), zone);
            page.WriteLine();
            page.WriteLine($"  {time:yyyy-MM-dd HH:mm:ss.fff zzz}  {row.Operation}  {row.Outcome}  "
                + $"account {record.Subject}  from {row.Client}");
            page.WriteLine($"    {row.File} @ {row.Offset}");
            var (lines, why) = raw.Read(row);
            foreach (var line in lines)
                page.WriteLine("    " + CellText.Clean(line));
            if (why is not null)
                page.WriteLine($"    ({why})");
        }
        return ExitStatus.Nothing;
    }
}
