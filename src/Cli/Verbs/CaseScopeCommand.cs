using System.CommandLine;
using WhoSaw.Cli.Outputs;
using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scanning;
using WhoSaw.Incidents.Cases;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

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
            if (CaseScopes.Predicates(host, ledger, incident, parsed.GetValue(where)) is not { } predicates)
                return ExitStatus.Usage;
            using var engine = ScopeEngine.Open(ledger);
            using var scope = engine.Compute(CaseScopes.Request(directory, ledger, predicates));
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
    /// <summary>
    /// The records of the case: by an expression, or by its findings, those that a watch has withdrawn since among
    /// them. Null, after saying so, where neither points to any: everything that was ever found is no answer.
    /// </summary>
    public static IReadOnlyList<Predicate>? Predicates(Host host, LedgerContents ledger, Case incident, string? where)
    {
        if (where is not null)
            return FindingPredicates.Parse(where, host) is { } given ? [given] : null;
        var predicates = new List<Predicate>();
        foreach (var id in incident.Findings)
        {
            var finding = ledger.Withdrawn.FirstOrDefault(each => each.Id == id)
                ?? FindingPredicates.Find(ledger, id, host);
            if (finding is null)
                return null;
            if (finding.Where.Length > 0)
                predicates.Add(Predicate.Parse(finding.Where).OrThrow());
        }
        if (predicates.Count > 0)
            return predicates;
        host.Fail(ExitStatus.Usage, $"{incident.Id} names no finding that points to records: name one (whosaw case "
            + $"event {incident.Id} triaged --evidence finding:F1), or say which with --where");
        return null;
    }

    public static ScopeRequest Request(
        string directory, LedgerContents ledger, IReadOnlyList<Predicate> predicates) =>
        new()
        {
            Where = predicates,
            DayOffset = DisplayZone.Read(directory).BaseUtcOffset,
            Gaps = [.. Coverage.Gaps(ledger).Select(gap =>
                new CoverageGap(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines))],
        };
}
