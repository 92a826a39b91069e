using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw scope</c>: who was exposed, exactly.</summary>
internal sealed class ScopeVerb(Host host)
{
    public int Run(string directory, IReadOnlyList<string> ids, string? where, string? output, string? json)
    {
        var ledger = LedgerContents.Read(directory);
        if (Predicates(ledger, ids, where) is not { } predicates)
            return ExitStatus.Usage;
        using var engine = ScopeEngine.Open(ledger);
        using var scope = engine.Compute(new ScopeRequest
        {
            Where = predicates,
            Gaps = [.. Coverage.Gaps(ledger).Select(gap =>
                new CoverageGap(gap.Source, gap.Stream, gap.From, gap.To, gap.Reason, gap.ExpectedLines))],
        });
        if (output is not null)
            Write(scope, output);
        if (json is not null)
        {
            using var file = json == "-" ? host.OpenOutput() : File.Create(json);
            scope.WriteJson(file);
        }
        return ExitStatus.Nothing;
    }

    private static void Write(Scope scope, string output)
    {
        if (output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            scope.WriteParquet(output);
            return;
        }
        using var file = File.Create(output);
        scope.WriteCsv(file);
    }

    private List<Predicate>? Predicates(LedgerContents ledger, IReadOnlyList<string> ids, string? where)
    {
        var texts = new List<string>();
        foreach (var id in ids)
        {
            if (ledger.Findings.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.OrdinalIgnoreCase)) is not { } finding)
            {
                host.Fail(ExitStatus.Usage, $"there is no finding {id} in this ledger; it has {Known(ledger)}");
                return null;
            }
            texts.Add(finding.Where);
        }
        if (where is not null)
            texts.Add(where);
        if (texts.Count == 0)
            texts.AddRange(ledger.Findings
                .Where(f => f.Kind == FindingKind.Access && f.Severity >= Severity.Medium).Select(f => f.Where));
        var predicates = new List<Predicate>();
        foreach (var text in texts.Where(text => text.Length > 0))
        {
            var result = Predicate.Parse(text);
            if (result.Predicate is null)
            {
                host.Fail(ExitStatus.Usage, result.Errors.Select(error => $"at character {error.Column}: {error.Sentence}"));
                return null;
            }
            predicates.Add(result.Predicate);
        }
        return predicates;
    }

    private static string Known(LedgerContents ledger) =>
        ledger.Findings.Count == 0 ? "none" : string.Join(", ", ledger.Findings.Select(finding => finding.Id));
}
