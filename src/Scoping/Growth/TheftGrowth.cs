using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>
/// From a little (one complaining customer, one address) to the whole theft: which values set its records apart from
/// the rest of the ledger, far beyond chance. Closure first, then cover by purity; docs/scope.md. Never grows into
/// ordinary traffic.
/// </summary>
public static class TheftGrowth
{
    /// <summary>What the records of the seed belong to; no steps when nothing around them is beyond chance.</summary>
    public static GrowthResult Grow(this ScopeEngine engine, Predicate seed, GrowthOptions? options = null)
    {
        options ??= new GrowthOptions();
        var table = new ObservationTable(engine, seed, options);
        return Finish(engine, table, Reach(table), options);
    }

    /// <summary>The cover step by itself, over every actor of the ledger with evidence beyond chance.</summary>
    public static GrowthResult Cover(this ScopeEngine engine, GrowthOptions? options = null)
    {
        options ??= new GrowthOptions();
        var table = new ObservationTable(engine, null, options);
        return Finish(engine, table,
            [.. Enumerable.Range(0, table.Suspects.Count).Where(suspect => table.Suspects[suspect].IsStrong)], options);
    }

    // Suspects of the seed's observations, then of all observations that share one of them, until nothing new comes.
    private static HashSet<int> Reach(ObservationTable table)
    {
        bool IsStrong(int suspect) => suspect >= 0 && table.Suspects[suspect].IsStrong;
        var reached = table.Groups.Where(group => group.Seed).SelectMany(group => group.Suspects).Where(IsStrong)
            .ToHashSet();
        for (var before = -1; before != reached.Count;)
        {
            before = reached.Count;
            foreach (var group in table.Groups)
                if (group.Suspects.Any(reached.Contains))
                    reached.UnionWith(group.Suspects.Where(IsStrong));
        }
        return reached;
    }

    private static GrowthResult Finish(
        ScopeEngine engine, ObservationTable table, HashSet<int> among, GrowthOptions options)
    {
        var (found, left) = new Cover(table, options).Run(among);
        var literals = found.Select(step => Literal(engine, table, step)).ToList();
        var added = AccountsAdded(engine, literals);
        var steps = found.Select(
            (step, i) => new GrowthStep(literals[i], step.Evidence / 1e6, step.Observations, step.Purity,
            step.PurityAtLeast, added[i],
            [.. engine.Records(literals[i], options.Samples)]));
        var unexplained = left.Select(
            suspect => Literal(engine, table.Suspects[suspect].Column, [table.Suspects[suspect]]));
        return new GrowthResult([.. steps], table.Threshold, table.Total, [.. unexplained]);
    }

    private static Predicate Literal(ScopeEngine engine, ObservationTable table, Candidate step)
    {
        var text = Literal(engine, step.Column, [.. step.Suspects.Select(suspect => table.Suspects[suspect])]);
        if (step.Trait != 0)
            text += " and " + TraitNames.All.First(trait => (long)trait.Trait == step.Trait).Name;
        return Predicate.Parse(text).OrThrow();
    }

    private static string Literal(ScopeEngine engine, string column, IReadOnlyList<Actor> actors)
    {
        var values = actors.Select(actor => column switch
        {
            "credential" => Printer.Quote(
                ulong.Parse(actor.Value, CultureInfo.InvariantCulture).ToString("x16", CultureInfo.InvariantCulture)),
            "account" => Printer.Quote(AccountText(engine, long.Parse(actor.Value, CultureInfo.InvariantCulture))),
            _ => Printer.Quote(actor.Value),
        }).ToList();
        return values.Count == 1 ? $"{column} = {values[0]}" : $"{column} in ({string.Join(", ", values)})";
    }

    private static string AccountText(ScopeEngine engine, long number) => Scope.AccountText(number, number >= 0
        ? null
        : engine.Database.All("SELECT id FROM dictionary WHERE number = $1", [number], row => row.GetString(0))
        .FirstOrDefault());

    private static long[] AccountsAdded(ScopeEngine engine, List<Predicate> literals)
    {
        var added = new long[literals.Count];
        if (literals.Count == 0)
            return added;
        var parameters = new SqlParameters();
        var subjects = engine.SubjectsOf(literals);
        var cases = literals.Select((literal, i) => string.Create(CultureInfo.InvariantCulture,
            $"WHEN {literal.WriteSql(parameters, subjects)} THEN {i}"));
        foreach (var (step, count) in engine.Database.Rows($"""
            SELECT step, count(*) FROM (
                SELECT subject, min(CASE {string.Join(" ", cases)} END) AS step FROM disclosed
                WHERE subject NOT IN (SELECT account FROM canary) GROUP BY subject)
            WHERE step IS NOT NULL GROUP BY step
            """, parameters.Values, row => (row.GetInt32(0), row.GetInt64(1))))
            added[step] = count;
        return added;
    }
}
