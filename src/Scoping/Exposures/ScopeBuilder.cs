using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Counts what an <see cref="ExposureTable"/> holds.</summary>
internal sealed class ScopeBuilder(ScopeEngine engine, ExposureTable table, ScopeRequest request, Predicate predicate)
{
    private readonly Database _database = engine.Database;
    private readonly LedgerView _view = engine.View;

    public Scope Build()
    {
        var totals = _database.One(
            $"SELECT count(DISTINCT subject), coalesce(sum(views), 0)::BIGINT, min(first), max(last) "
                + $"FROM {table.Exposures}", null,
            row => (Accounts: row.GetInt64(0), Views: row.GetInt64(1), First: row.Number(2), Last: row.Number(3)));
        var (people, categoryPeople) = People();
        var coverage = Coverage(totals.First, totals.Last);
        var tries = Tries();
        var unnamed = UnnamedTraffic.Read(engine, predicate);
        var scope = new Scope(engine, table)
        {
            Predicate = predicate,
            Accounts = totals.Accounts,
            Views = totals.Views,
            First = ScopeEngine.Moment(totals.First),
            Last = ScopeEngine.Moment(totals.Last),
            People = people with { AtMost = people.AtMost + unnamed.Rows },
            Unnamed = unnamed,
            Operations = Operations(),
            Categories = Categories(categoryPeople),
            PerDay = PerDay(),
            Refused = tries.GetValueOrDefault("refused", new TryCount(0, 0)),
            Absent = tries.GetValueOrDefault("absent", new TryCount(0, 0)),
            Canaries = Canaries(totals.Accounts),
            Coverage = coverage,
            CannotTell = Widened(
                new GapEstimate(engine, predicate).Estimate(coverage.Gaps, totals.Accounts), unnamed, totals.Accounts),
            Segments = engine.Ledger.Segments,
        };
        table.KeepExposures();
        return scope;
    }

    private CannotTell Widened(CannotTell gaps, UnnamedTraffic unnamed, long exposed)
    {
        if (unnamed.Sentence is not { } sentence)
            return gaps;
        var unseen = Math.Max(0, _view.AccountsListed - exposed);
        // bytes bound nobody: then it may be every account that is listed
        long? byRows = unnamed.Rows > 0 ? unnamed.Rows : null;
        var most = gaps.AccountsAtMost is { } known && byRows is { } more ? known + more : (long?)null;
        return gaps with
        {
            AccountsAtMost = _view.AccountsListed > 0 ? Math.Min(most ?? unseen, unseen) : most,
            Why = gaps.Why + " " + sentence,
        };
    }

    private List<OperationCount> Operations() => _database.All(
        $"SELECT op, count(*), sum(views)::BIGINT, bit_or(mask) FROM {table.Exposures} GROUP BY op ORDER BY op", null,
        row =>
        {
            var name = _view.Operations[row.GetInt32(0)];
            var fields = _view.Fields.TextOf(name, row.GetInt64(3)).Split(',');
            return new OperationCount(name, row.GetInt64(1), row.GetInt64(2), fields);
        });

    private List<CategoryCount> Categories(IReadOnlyList<long>? people)
    {
        if (_view.Fields.Categories.Count == 0)
            return [];
        var accounts = _database.One($"SELECT {CountByCategory("mask")} FROM {table.Accounts}", null,
            row => _view.Fields.Categories.Select((_, i) => row.GetInt64(i)).ToList());
        return [.. _view.Fields.Categories
            .Select((name, i) => new CategoryCount(name, accounts[i], people?[i]))
            .Where(category => category.Accounts > 0)];
    }

    private string CountByCategory(string mask) => string.Join(", ", _view.Fields.Categories.Select(name =>
        string.Create(
            CultureInfo.InvariantCulture, $"count(*) FILTER (WHERE {mask} & {_view.Fields.BitOf(name)} <> 0)")));

    private List<DayCount> PerDay() => _database.All($"""
        SELECT d.day, d.accounts, coalesce(n.accounts, 0), d.views
        FROM (SELECT day, count(DISTINCT subject) AS accounts, sum(views)::BIGINT AS views
              FROM {table.Days} GROUP BY day) d
        LEFT JOIN (SELECT day, count(*) AS accounts FROM {table.Accounts} GROUP BY day) n ON n.day = d.day
        ORDER BY d.day
        """, null, row => new DayCount(
            DateOnly.FromDateTime(new EventTime(row.GetInt64(0) * EventTime.Day).ToUtc().UtcDateTime),
            row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    private Dictionary<string, TryCount> Tries()
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        return _database.Rows($"""
            SELECT outcome, count(*), count(DISTINCT subject) FROM records
            WHERE outcome IN ('refused', 'absent') AND fields <> '' AND {where} GROUP BY outcome
            """, parameters.Values, row => (row.GetString(0), new TryCount(row.GetInt64(1), row.GetInt64(2))))
            .ToDictionary(row => row.Item1, row => row.Item2);
    }

    private (PeopleCount Count, IReadOnlyList<long>? ByCategory) People()
    {
        if (!_view.HasPeople)
            return (_database.One($"SELECT count(*), coalesce(sum(1 + others), 0)::BIGINT FROM {table.Accounts}", null,
                row => new PeopleCount(null, row.GetInt64(0), row.GetInt64(1), null, null, null)), null);
        var categories = _view.Fields.Categories.Count == 0 ? "0" : CountByCategory("mask");
        var shown = $"""
            SELECT p.person, a.subject, CASE WHEN p."position" = 0 THEN a.mask ELSE a.others_mask END AS mask
            FROM people p JOIN {table.Accounts} a ON a.subject = p.account
            WHERE p."position" = 0 OR a.others_mask <> 0
            """;
        var (known, members, byCategory) = _database.One($"""
            SELECT count(*), count(*) FILTER (WHERE member), {categories}
            FROM (SELECT person, bit_or(mask) AS mask,
                         person IN (SELECT person FROM people WHERE "position" = 0) AS member
                  FROM ({shown}) GROUP BY person)
            """, null, row => (row.GetInt64(0), row.GetInt64(1),
                _view.Fields.Categories.Select((_, i) => row.GetInt64(2 + i)).ToList()));
        var (missing, atMost) = _database.One($"""
            SELECT count(*), coalesce(sum(1 + others), 0)::BIGINT FROM {table.Accounts}
            WHERE subject NOT IN (SELECT subject FROM ({shown}))
            """, null, row => (row.GetInt64(0), row.GetInt64(1)));
        return (new PeopleCount(known, known + missing, known + atMost, members, known - members, missing), byCategory);
    }

    private CanaryEstimate Canaries(long accounts)
    {
        var (touched, planted, listed) = (table.CanariesTouched, _view.Planted, _view.AccountsListed);
        if (planted == 0 || listed == 0)
            return new CanaryEstimate(touched, planted == 0 ? null : planted, null, null, null, null);
        var (low, high) = ClopperPearson.Interval(touched, planted, 0.95);
        var estimate = (long)Math.Round((decimal)touched * listed / planted, MidpointRounding.AwayFromZero);
        var (least, most) = ((long)Math.Floor(low * listed), (long)Math.Ceiling(high * listed));
        return new CanaryEstimate(touched, planted, estimate, least, most, accounts >= least && accounts <= most);
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
