using System.Globalization;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// What matched and names nobody: rows of a database, bytes between hosts and of large answers. Who is in it no log
/// says; rows bound the people, for one person has one row at least.
/// </summary>
/// <param name="Bytes">Of the source that saw most: a server and a firewall count the same bytes.</param>
public sealed record UnnamedTraffic(long Rows, long Bytes)
{
    public static readonly UnnamedTraffic None = new(0, 0);

    // an answer of an ordinary page is no transfer; a flow has no status
    private const string LargeOrFlow = "(bytes >= 1048576 OR status IS NULL)";

    /// <summary>The same as <see cref="LargeOrFlow"/>.</summary>
    internal static bool IsMove(long? bytes, long? status) => bytes >= 1_048_576 || status is null;

    public bool IsNone => Rows == 0 && Bytes == 0;

    /// <summary>What cannot be told because of it, a whole sentence; null when there is none.</summary>
    public string? Sentence => IsNone ? null
        : Rows > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{Rows:N0} rows went out of which the log names nobody: rows known, people unknown, at most ")
                + string.Create(CultureInfo.InvariantCulture, $"{Rows:N0}.")
            : string.Create(CultureInfo.InvariantCulture,
                $"{Bytes:N0} bytes went out, and no log says whose data they were: nothing bounds the people.");

    /// <summary>By DuckDB; <see cref="UnnamedTally"/> counts the same in passing.</summary>
    internal static UnnamedTraffic Read(ScopeEngine engine, Predicate predicate)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        // the segments of an older version have no rows
        var rows = engine.View.HasRows ? "coalesce(sum(rows), 0)::BIGINT" : "0::BIGINT";
        return engine.Database.One($"""
            SELECT coalesce(sum(rows), 0)::BIGINT, coalesce(max(bytes), 0)::BIGINT
            FROM (SELECT source, {rows} AS rows,
                         coalesce(sum(bytes) FILTER (WHERE operation IS NULL AND {LargeOrFlow}), 0)::BIGINT AS bytes
                  FROM records WHERE subject IS NULL AND {where} GROUP BY source)
            """, parameters.Values, row => new UnnamedTraffic(row.GetInt64(0), row.GetInt64(1)));
    }
}
