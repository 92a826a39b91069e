using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Puts together what a scope says of its exposures.</summary>
internal sealed class ScopeBuilder(
    ScopeEngine engine, IExposureSet exposures, ScopeRequest request, Predicate predicate)
{
    private readonly LedgerView _view = engine.View;
    private readonly ExposureNumbers _numbers = exposures.Numbers;
    private readonly Lazy<long> _listed = new(() => engine.Database.One(
        $"SELECT count(*) FROM {exposures.AccountsSql()} WHERE subject IN (SELECT account FROM directory)", null,
        row => row.GetInt64(0)));

    public Scope Build()
    {
        var totals = _numbers.Totals;
        var (people, categoryPeople) = People();
        var coverage = Coverage(totals.First, totals.Last);
        var unnamed = _numbers.Unnamed;
        return new Scope(engine, exposures)
        {
            Predicate = predicate,
            Accounts = totals.Accounts,
            Views = totals.Views,
            First = ScopeEngine.Moment(totals.First),
            Last = ScopeEngine.Moment(totals.Last),
            People = people with { AtMost = unnamed.IsBounded ? people.AtMost + unnamed.Rows : null },
            Unnamed = unnamed,
            Operations = [.. _numbers.Operations.Select(each => new OperationCount(
                each.Name, each.Accounts, each.Views, exposures.Fields.TextOf(each.Name, each.Mask).Split(',')))],
            Categories = Categories(categoryPeople),
            PerDay = _numbers.PerDay,
            Refused = _numbers.Refused,
            Absent = _numbers.Absent,
            Canaries = Canaries(totals.CanariesTouched),
            Coverage = coverage,
            CannotTell = CannotTell(coverage.Gaps, unnamed),
            Growth = request.Growth,
            Segments = engine.Ledger.Segments,
        };
    }

    private CannotTell CannotTell(IReadOnlyList<CoverageGap> near, UnnamedTraffic unnamed)
    {
        var unseen = near.Count == 0 && unnamed.IsNone ? null : Unseen();
        var gaps = new GapEstimate(engine, predicate).Estimate(near, unseen);
        if (unnamed.Sentence is not { } sentence)
            return gaps;
        // what has no rows bounds nobody: then it may be every account that is listed
        var most = gaps.AccountsAtMost is { } known && unnamed.IsBounded ? known + unnamed.Rows : (long?)null;
        return gaps with
        {
            AccountsAtMost = unseen is { } left ? Math.Min(most ?? left, left) : most,
            Why = gaps.Why + " " + sentence,
        };
    }

    /// <summary>
    /// Accounts of the directory that are not exposed. Null where there is none, or where an exposed account is not in
    /// it: then it does not have all.
    /// </summary>
    private long? Unseen() => _view.AccountsListed > 0 && _listed.Value == _numbers.Totals.Accounts
        ? _view.AccountsListed - _listed.Value
        : null;

    private List<CategoryCount> Categories(IReadOnlyList<long>? people) =>
        [.. exposures.Fields.Categories
            .Select((name, i) => new CategoryCount(name, _numbers.AccountsByCategory[i], people?[i]))
            .Where(category => category.Accounts > 0)];

    private (PeopleCount Count, IReadOnlyList<long>? ByCategory) People()
    {
        if (!_view.HasPeople)
            return (new PeopleCount(
                null, _numbers.Totals.Accounts, _numbers.Totals.PeopleAtMost, null, null, null), null);
        var database = engine.Database;
        var fields = exposures.Fields;
        var categories = fields.Categories.Count == 0 ? "0" : fields.CountSql("mask");
        var accounts = exposures.AccountsSql();
        var shown = $"""
            SELECT p.person, a.subject, CASE WHEN p."position" = 0 THEN a.mask ELSE a.others_mask END AS mask
            FROM people p JOIN {accounts} a ON a.subject = p.account
            WHERE p."position" = 0 OR a.others_mask <> 0
            """;
        var (known, members, byCategory) = database.One($"""
            SELECT count(*), count(*) FILTER (WHERE member), {categories}
            FROM (SELECT person, bit_or(mask) AS mask,
                         person IN (SELECT person FROM people WHERE "position" = 0) AS member
                  FROM ({shown}) GROUP BY person)
            """, null, row => (row.GetInt64(0), row.GetInt64(1),
                fields.Categories.Select((_, i) => row.GetInt64(2 + i)).ToList()));
        var (missing, atMost) = database.One($"""
            SELECT count(*), coalesce(sum(1 + others), 0)::BIGINT FROM {accounts}
            WHERE subject NOT IN (SELECT subject FROM ({shown}))
            """, null, row => (row.GetInt64(0), row.GetInt64(1)));
        return (new PeopleCount(known, known + missing, known + atMost, members, known - members, missing), byCategory);
    }

    // The decoys speak for the accounts of their directory alone.
    private CanaryEstimate Canaries(long touched)
    {
        var (planted, listed) = (_view.Planted, _view.AccountsListed);
        if (planted == 0 || listed == 0)
            return new CanaryEstimate(touched, planted == 0 ? null : planted, null, null, null, null);
        var (low, high) = ClopperPearson.Interval(touched, planted, 0.95);
        var estimate = (long)Math.Round((decimal)touched * listed / planted, MidpointRounding.AwayFromZero);
        var (least, most) = ((long)Math.Floor(low * listed), (long)Math.Ceiling(high * listed));
        return new CanaryEstimate(
            touched, planted, estimate, least, most, _listed.Value >= least && _listed.Value <= most);
    }

    private ScopeCoverage Coverage(long? first, long? last)
    {
        var sorted = request.Gaps.OrderBy(gap => gap.From).ThenBy(gap => gap.Source, StringComparer.Ordinal)
            .ThenBy(gap => gap.Stream, StringComparer.Ordinal).ThenBy(gap => gap.To).ToList();
        var near = first is null || last is null
            ? sorted
            : sorted.Where(gap => gap.From.Microseconds <= last + EventTime.Day &&
                                  gap.To.Microseconds > first - EventTime.Day).ToList();
        return new ScopeCoverage(sorted.Count == 0, near, sorted.Count - near.Count);
    }
}
