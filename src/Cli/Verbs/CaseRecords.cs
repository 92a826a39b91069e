using WhoSaw.Incidents.Cases;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Versions;

namespace WhoSaw.Cli.Verbs;

/// <summary>Which records a case is about: those of its findings, and those of its latest scope.</summary>
/// <param name="Predicates">None where the case names nothing that points to records.</param>
/// <param name="Faults">What could not be read, so that records may be missing: a sentence each.</param>
internal sealed record CaseRecords(Case Case, IReadOnlyList<Predicate> Predicates, IReadOnlyList<string> Faults)
{
    public static CaseRecords Of(string directory, LedgerContents ledger, Case incident)
    {
        var predicates = new List<Predicate>();
        var faults = new List<string>();
        // A case goes on being about a finding that a watch has withdrawn since.
        var known = ledger.Findings.Concat(ledger.Withdrawn).ToLookup(finding => finding.Id, StringComparer.Ordinal);
        foreach (var id in incident.Findings)
        {
            if (known[id].FirstOrDefault() is not { } finding)
                faults.Add($"case {incident.Id} names a finding {id} that this ledger does not have");
            else if (finding.Where.Length > 0)
                predicates.Add(Predicate.Parse(finding.Where).OrThrow());
        }
        try
        {
            if (CaseDocuments.ReadScope(directory, incident) is { } scope)
                predicates.Add(scope.ParsePredicate());
        }
        catch (ScopeVersionException fault)
        {
            faults.Add($"case {incident.Id} is marked without its scope: {fault.Message}");
        }
        return new CaseRecords(incident, predicates, faults);
    }
}
