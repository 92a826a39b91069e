using System.Globalization;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Versions;

/// <summary>Why an account is in one scope and not in the other.</summary>
public enum ScopeChange
{
    /// <summary>The later predicate means records that the earlier one did not mean.</summary>
    WiderPredicate,

    /// <summary>Its records came into the ledger after the earlier scope.</summary>
    NewLogs,

    /// <summary>Its records lie in what was a gap of the earlier scope.</summary>
    GapClosed,

    /// <summary>The later predicate no longer means its records.</summary>
    NarrowerPredicate,

    /// <summary>Its records are no longer in the ledger.</summary>
    RecordsGone,

    /// <summary>Its records are as they were: the directory of accounts or the dictionary says otherwise now.</summary>
    Otherwise,
}

/// <summary>How many accounts came or left for one reason.</summary>
public sealed record ScopeDifference(bool Came, ScopeChange Why, long Accounts);

/// <summary>One account that came or left.</summary>
public sealed record ChangedAccount(string Account, bool Came, ScopeChange Why);

/// <summary>
/// Two versions of a scope: who came in, who left, and why, told by the records that the ledger has now.
/// </summary>
public sealed class ScopeComparison : IDisposable
{
    private readonly ScopeEngine _engine;
    private readonly ScopeVersion _before;

    /// <summary>Throws <see cref="ScopeVersionException"/> when a version cannot be used.</summary>
    public ScopeComparison(ScopeEngine engine, ScopeArchive archive, int before, int after)
    {
        (_engine, _before) = (engine, archive.Read(before));
        After = archive.Read(after);
        ReadAccounts("before_scope", archive.RowsOf(before));
        ReadAccounts("after_scope", archive.RowsOf(after));
        engine.Database.Run("""
            CREATE OR REPLACE TEMP TABLE changed AS
            SELECT coalesce(a.id, b.id) AS id, coalesce(a.subject, b.subject) AS subject, b.id IS NULL AS came,
                   0 AS why
            FROM before_scope b FULL JOIN after_scope a ON a.id = b.id WHERE a.id IS NULL OR b.id IS NULL
            """);
        Explain(_before.ParsePredicate(), After.ParsePredicate());
        Kept = engine.Database.One("SELECT count(*) FROM before_scope SEMI JOIN after_scope USING (id)", null,
            row => row.GetInt64(0));
        Differences = engine.Database.All(
            "SELECT came, why, count(*) FROM changed GROUP BY came, why ORDER BY came DESC, why", null,
            row => new ScopeDifference(row.GetBoolean(0), (ScopeChange)row.GetInt32(1), row.GetInt64(2)));
    }

    public ScopeVersion Before => _before;
    public ScopeVersion After { get; }

    /// <summary>Accounts that are in both.</summary>
    public long Kept { get; }
    public IReadOnlyList<ScopeDifference> Differences { get; }

    /// <summary>Those who came, then those who left, by id. Streamed: ask the engine nothing else meanwhile.</summary>
    public IEnumerable<ChangedAccount> Accounts() => _engine.Database.Rows(
        "SELECT id, came, why FROM changed ORDER BY came DESC, subject IS NULL OR subject < 0, subject, id", null,
        row => new ChangedAccount(row.GetString(0), row.GetBoolean(1), (ScopeChange)row.GetInt32(2)));

    public void Dispose()
    {
        foreach (var table in new[] { "before_scope", "after_scope", "changed" })
            _engine.Database.Run($"DROP TABLE IF EXISTS {table}");
    }

    // An integer id is its own number; of the others the ledger's dictionary knows the number.
    private void ReadAccounts(string table, string file) => _engine.Database.Run($"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT e.account AS id, coalesce(d.number, CASE WHEN regexp_full_match(e.account, '0|[1-9][0-9]*')
               THEN try_cast(e.account AS BIGINT) END) AS subject
        FROM (SELECT DISTINCT account FROM read_parquet({Printer.Quote(file)})) e
        LEFT JOIN dictionary d ON d.id = e.account
        """);

    // Of an account that came, new logs say more than a gap, and a gap more than the predicate.
    private void Explain(Predicate before, Predicate after)
    {
        var parameters = new SqlParameters();
        var subjects = _engine.SubjectsOf(before, after);
        var (meantBefore, meantAfter) =
            (before.WriteSql(parameters, subjects), after.WriteSql(parameters, subjects));
        var inGap = _before.Gaps.Count == 0 ? "FALSE" : string.Join(" OR ", _before.Gaps.Select(gap =>
            $"(source = {parameters.Add(gap.Source)} AND stream = {parameters.Add(gap.Stream)} " +
            $"AND \"time\" >= {parameters.Add(gap.From.ToUtc())} AND \"time\" < {parameters.Add(gap.To.ToUtc())})"));
        var known = Names(_before);
        var wasThere = known.Count == 0 ? "FALSE" : $"segment IN (SELECT unnest({parameters.Add(known)}))";
        _engine.Database.Run(string.Create(CultureInfo.InvariantCulture, $"""
            UPDATE changed SET why = r.why FROM (
                SELECT c.id, CASE
                    WHEN c.came AND bool_or(r.after AND r.there AND r.before) THEN {(int)ScopeChange.Otherwise}
                    WHEN c.came AND bool_or(r.after AND r.gap AND NOT r.there) THEN {(int)ScopeChange.GapClosed}
                    WHEN c.came AND bool_or(r.after AND r.before) THEN {(int)ScopeChange.NewLogs}
                    WHEN c.came AND bool_or(r.after) THEN {(int)ScopeChange.WiderPredicate}
                    WHEN NOT c.came AND bool_or(r.after) THEN {(int)ScopeChange.Otherwise}
                    WHEN NOT c.came AND bool_or(r.before) THEN {(int)ScopeChange.NarrowerPredicate}
                    WHEN c.came THEN {(int)ScopeChange.Otherwise}
                    ELSE {(int)ScopeChange.RecordsGone} END AS why
                FROM changed c LEFT JOIN (
                    SELECT subject, coalesce({meantBefore}, FALSE) AS before, coalesce({meantAfter}, FALSE) AS after,
                           {inGap} AS gap, {wasThere} AS there
                    FROM located WHERE outcome = 'disclosed' AND subject IN (SELECT subject FROM changed)
                ) r ON r.subject = c.subject
                GROUP BY c.id, c.came) r
            WHERE r.id = changed.id
            """), parameters.Values);
    }

    /// <summary>Those of its segments that are still in the ledger.</summary>
    private List<string> Names(ScopeVersion version) =>
        [.. _engine.Ledger.Segments.Where(segment => version.Segments.Values.Contains(segment.Sha256))
            .Select(segment => _engine.Ledger.PathOf(segment.Name))];
}
