using System.CommandLine;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Cases;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw case scope</c>: the scope of a case, numbered, its document kept by digest.</summary>
internal static class CaseScopeCommand
{
    public static Command Create(Host host)
    {
        var id = CaseOptions.Case();
        var options = CaseOptions.Create();
        var where = new Option<string?>("--where")
        {
            Description = "An expression over the columns of a segment; the case's findings otherwise.",
            HelpName = "EXPR",
        };
        var output = new Option<string?>("--out") { Description = "Write every exposure: CSV.", HelpName = "F.csv" };
        var command = new Command("scope", "Compute who was exposed, as the next version of the case's scope.")
        {
            id, options.Ledger, where, output, options.By,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(options.Ledger)!;
            var journal = new CaseJournal(directory, host);
            if (journal.Find(parsed.GetValue(id)!) is not { } incident
                || options.Read(host, parsed, CaseEventKind.ScopeIssued) is not { } issued)
                return ExitStatus.Usage;
            var ledger = LedgerContents.Read(directory);
            var findings = parsed.GetValue(where) is null ? incident.Findings : [];
            if (FindingPredicates.Of(ledger, findings, parsed.GetValue(where), host) is not { } chosen)
                return ExitStatus.Usage;
            if (!FindingPredicates.PointToRecords(findings, chosen.Predicates, host))
                return ExitStatus.Usage;
            using var engine = ScopeEngine.Open(ledger);
            using var scope = engine.Compute(CaseScopes.Request(directory, ledger, chosen.Predicates));
            return Keep(host, journal, incident, issued, scope, parsed.GetValue(output));
        });
        return command;
    }

    private static int Keep(
        Host host, CaseJournal journal, Case incident, CaseEvent issued, Scope scope, string? output)
    {
        var version = incident.NextVersion(CaseEventKind.ScopeIssued);
        using var json = new MemoryStream();
        scope.WriteJson(json);
        var digest = CaseDocuments.Write(
            journal.Directory, incident.Id, CaseDocuments.ScopeName(version), json.ToArray());
        if (output is not null)
            AskedFile.Write(output, file => scope.WriteCsv(file));
        if (journal.Add(incident, issued with
        {
            Version = version,
            Evidence = [CaseEvent.DigestPrefix + digest, .. incident.Findings.Select(each => "finding:" + each)],
            Facts = CaseScope.FactsOf(scope),
        }) is not { } after)
            return ExitStatus.Usage;
        CasePage.WriteScope(host.Out, after.Id, after.Scope!, incident.Scope);
        return ExitStatus.Nothing;
    }
}

/// <summary>How the scope of a case is asked for: always with the gaps of the ledger.</summary>
internal static class CaseScopes
{
    public static ScopeRequest Request(
        string directory, LedgerContents ledger, IReadOnlyList<Scoping.Predicates.Predicate> predicates) =>
        new()
        {
            Where = predicates,
            DayOffset = DisplayZone.Read(directory).BaseUtcOffset,
            Gaps = [.. Coverage.Gaps(ledger).Select(gap =>
                new CoverageGap(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines))],
        };
}
