using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary>Which records are meant, by findings or by an expression.</summary>
internal static class FindingPredicates
{
    /// <summary>
    /// The predicates of the named findings and of the expression; without either, of all findings of people's data
    /// from medium severity on. Null when something does not exist or does not read; the host has said so.
    /// </summary>
    public static (List<Predicate> Predicates, List<string> Ids)? Of(
        LedgerContents ledger, IReadOnlyList<string> ids, string? where, Host host)
    {
        var texts = new List<string>();
        var used = new List<string>();
        foreach (var id in ids)
        {
            if (Find(ledger, id, host) is not { } finding)
                return null;
            texts.Add(finding.Where);
            used.Add(finding.Id);
        }
        if (where is not null)
            texts.Add(where);
        if (texts.Count == 0)
        {
            var open = ledger.Findings.Where(
                f => f.Kind == FindingKind.Access && f.Severity >= Severity.Medium).ToList();
            texts.AddRange(open.Select(finding => finding.Where));
            used.AddRange(open.Select(finding => finding.Id));
        }
        var predicates = new List<Predicate>();
        foreach (var text in texts.Where(text => text.Length > 0))
        {
            if (Parse(text, host) is not { } predicate)
                return null;
            predicates.Add(predicate);
        }
        return (predicates, used);
    }

    /// <summary>
    /// False when findings were named and none of them says which records it is about, such as a spill: then nobody
    /// knows who was exposed, and the host has said so.
    /// </summary>
    public static bool PointToRecords(IReadOnlyList<string> ids, IReadOnlyList<Predicate> predicates, Host host)
    {
        if (ids.Count == 0 || predicates.Count > 0)
            return true;
        host.Fail(ExitStatus.Usage, $"{string.Join(", ", ids)} does not say which records it is about, so there is no "
            + "scope of it: say --where");
        return false;
    }

    /// <summary>The finding of that id; null when the ledger has none, and the host has said so.</summary>
    public static Finding? Find(LedgerContents ledger, string id, Host host)
    {
        var finding = ledger.Findings.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.OrdinalIgnoreCase));
        if (finding is null)
        {
            var known = ledger.Findings.Count == 0 ? "none" : string.Join(", ", ledger.Findings.Select(f => f.Id));
            host.Fail(ExitStatus.Usage, $"there is no finding {id} in this ledger; it has {known}");
        }
        return finding;
    }

    /// <summary>The predicate; null when it does not read, and the host has said so.</summary>
    public static Predicate? Parse(string text, Host host)
    {
        var result = Predicate.Parse(text);
        foreach (var error in result.Errors)
            host.Error.WriteLine($"whosaw: --where: {error.Sentence}");
        return result.Predicate;
    }
}
