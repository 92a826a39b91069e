using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Who is behind a scope.</summary>
public static class ScopeActors
{
    private static readonly string[] Columns = ["principal", "key", "agent", "network", "client"];

    /// <summary>
    /// Of each kind the values that saw most accounts, at most <paramref name="most"/>; decoys left out.
    /// </summary>
    public static IReadOnlyList<ScopeActor> Actors(this ScopeEngine engine, Predicate predicate, int most = 5)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        var each = Columns.Select((column, i) => $"""
            (SELECT {i} AS kind, "{column}" AS value, count(DISTINCT subject) AS accounts, count(*) AS views FROM seen
             WHERE "{column}" IS NOT NULL GROUP BY "{column}"
             ORDER BY accounts DESC, views DESC, value LIMIT {parameters.Add((long)most)})
            """);
        return engine.Database.All($"""
            WITH seen AS (SELECT * FROM disclosed WHERE {where} AND subject NOT IN (SELECT account FROM canary))
            SELECT * FROM ({string.Join(" UNION ALL ", each)}) ORDER BY kind, accounts DESC, views DESC, value
            """, parameters.Values, row => new ScopeActor(
                Columns[row.GetInt32(0)], row.GetString(1), row.GetInt64(2), row.GetInt64(3)));
    }
}
