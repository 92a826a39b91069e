using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth.Trails;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>
/// From a little (one complaining customer, one address) to the whole theft: which values set its records apart from
/// the rest of the ledger, far beyond chance; docs/scope.md. Never grows into ordinary traffic. The ledger is looked
/// through once, for any number of seeds; ask one at a time.
/// </summary>
public sealed class TheftGrowth
{
    private readonly ScopeEngine _engine;
    private readonly GrowthOptions _options;
    private readonly ObservationTable _table;
    private readonly List<Theft> _thefts;
    private readonly List<UnnamedOutflow> _outflows;

    internal TheftGrowth(ScopeEngine engine, GrowthOptions options)
    {
        (_engine, _options) = (engine, options);
        _table = new ObservationTable(engine, options);
        _thefts =
        [
            .. new TenantTrail(engine, _table.Threshold).Thefts(),
            .. new InsiderTrail(engine, _table.Threshold, options).Thefts(),
            .. new PasswordTrail(engine, _table.Threshold).Thefts(),
            .. AnswerTrail.Thefts(engine, _table.Threshold),
        ];
        _outflows = [.. Outflows.Of(engine)];
    }

    /// <summary>What the records of the seed belong to; no steps when nothing around them is beyond chance.</summary>
    public GrowthResult From(Predicate seed)
    {
        using var records = new SeedRecords(_engine, seed);
        return Finish(records.Count, Reach(_table.SeedGroups()), _thefts.Where(records.HasOneOf));
    }

    /// <summary>Everything in the ledger that any seed could grow into.</summary>
    public GrowthResult FromAll() => Finish(
        _engine.Ledger.Segments.Sum(segment => segment.Rows),
        [.. Enumerable.Range(0, _table.Suspects.Count).Where(suspect => _table.Suspects[suspect].IsStrong)], _thefts);

    // Suspects of the seed's observations, then of all observations that share one of them, until nothing new comes.
    private HashSet<int> Reach(IReadOnlyList<ObservationGroup> seed)
    {
        bool IsStrong(int suspect) => suspect >= 0 && _table.Suspects[suspect].IsStrong;
        var reached = seed.SelectMany(group => group.Suspects).Where(IsStrong).ToHashSet();
        for (var before = -1; before != reached.Count;)
        {
            before = reached.Count;
            foreach (var group in _table.Groups)
                if (group.Suspects.Any(reached.Contains))
                    reached.UnionWith(group.Suspects.Where(IsStrong));
        }
        return reached;
    }

    private GrowthResult Finish(long seedRecords, HashSet<int> among, IEnumerable<Theft> thefts)
    {
        var (found, left) = new Cover(_table, _options).Run(among);
        var leads = found.Select(step => new Lead(
                GrowthTrail.Actors, Literal(step), step.Evidence / 1e6, step.Observations, step.Positive))
            .Concat(thefts.SelectMany(theft => theft.Leads)).ToList();
        var added = AccountsAdded([.. leads.Select(lead => lead.Literal)]);
        var steps = leads.Zip(added).Where(step => step.Second is not null).Select(step => new GrowthStep(
            step.First.Trail, step.First.Literal, step.First.Evidence, step.First.Observations, step.First.Purity,
            step.First.PurityAtLeast, step.Second!.Value, [.. _engine.Records(step.First.Literal, _options.Samples)]));
        var unexplained = left.Select(suspect => Literals.In(
            _engine, _table.Suspects[suspect].Column, [_table.Suspects[suspect].Value]));
        return new GrowthResult(
            seedRecords, [.. steps], _table.Threshold, _table.Total, [.. unexplained], _outflows);
    }

    private Predicate Literal(Candidate step)
    {
        var text = Literals.In(_engine, step.Column, step.Suspects.Select(suspect => _table.Suspects[suspect].Value));
        if (step.Trait != 0)
            text += " and " + TraitNames.All.First(trait => (long)trait.Trait == step.Trait).Name;
        return Predicate.Parse(step.ReadsOthers ? text + " and someone-else" : text).OrThrow();
    }

    /// <summary>
    /// Accounts exposed by each literal and by none before it; null where it has no record that those before lack.
    /// </summary>
    private long?[] AccountsAdded(List<Predicate> literals)
    {
        var added = new long?[literals.Count];
        if (literals.Count == 0)
            return added;
        var parameters = new SqlParameters();
        var subjects = _engine.SubjectsOf(literals);
        var cases = literals.Select((literal, i) => string.Create(CultureInfo.InvariantCulture,
            $"WHEN {literal.WriteSql(parameters, subjects)} THEN {i}"));
        foreach (var (step, count) in _engine.Database.Rows($"""
            SELECT step, count(*) FILTER (shown AND step = earliest) FROM (
                SELECT subject, step, shown, min(step) FILTER (shown) OVER (PARTITION BY subject) AS earliest FROM (
                    SELECT subject, CASE {string.Join(" ", cases)} END AS step,
                           bool_or({LedgerView.IsDisclosed} AND subject NOT IN (SELECT account FROM canary)) AS shown
                    FROM records GROUP BY subject, step)
                WHERE step IS NOT NULL)
            GROUP BY step
            """, parameters.Values, row => (row.GetInt32(0), row.GetInt64(1))))
            added[step] = count;
        return added;
    }
}

/// <summary>Growth as questions to an engine.</summary>
public static class Growing
{
    /// <summary>Looks through the ledger for what any seed could grow into.</summary>
    public static TheftGrowth Growth(this ScopeEngine engine, GrowthOptions? options = null) =>
        new(engine, options ?? new GrowthOptions());

    /// <summary>What the records of one seed belong to.</summary>
    public static GrowthResult Grow(this ScopeEngine engine, Predicate seed, GrowthOptions? options = null) =>
        engine.Growth(options).From(seed);
}
