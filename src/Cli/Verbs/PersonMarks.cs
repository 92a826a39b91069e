using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary>Which accesses to one account belong to findings, and which to cases.</summary>
internal sealed class PersonMarks
{
    private readonly Dictionary<(EventTime Time, string File, long Offset), List<string>> _findings = [];
    private readonly Dictionary<(EventTime Time, string File, long Offset), List<string>> _cases = [];

    /// <param name="own">All records of the account.</param>
    public PersonMarks(ScopeEngine engine, Predicate own, IEnumerable<CaseRecords> cases)
    {
        foreach (var finding in engine.Ledger.Findings)
            if (finding.Kind == FindingKind.Access && finding.Where.Length > 0)
                Mark(_findings, finding.Id, Predicate.Parse(finding.Where).OrThrow());
        foreach (var each in cases)
            if (each.Predicates.Count > 0)
                Mark(_cases, each.Case.Id, Predicate.Or(each.Predicates));

        void Mark(Dictionary<(EventTime, string, long), List<string>> marks, string id, Predicate predicate)
        {
            foreach (var record in engine.Records(Predicate.And(own, predicate)))
            {
                var place = (record.Row.Time, record.Row.File, record.Row.Offset);
                if (!marks.TryGetValue(place, out var ids))
                    marks[place] = ids = [];
                if (ids.Count == 0 || ids[^1] != id)
                    ids.Add(id);
            }
        }
    }

    /// <summary>Ids of findings, in their order; none where the access belongs to none.</summary>
    public IReadOnlyList<string> FindingsOf(PersonAccess access) => _findings.GetValueOrDefault(Place(access)) ?? [];

    /// <summary>Ids of cases, open and closed, in the order of their opening.</summary>
    public IReadOnlyList<string> CasesOf(PersonAccess access) => _cases.GetValueOrDefault(Place(access)) ?? [];

    // With its time: a log that was rotated has another line of the same name and place.
    private static (EventTime, string, long) Place(PersonAccess access) => (access.Time, access.File, access.Offset);
}
