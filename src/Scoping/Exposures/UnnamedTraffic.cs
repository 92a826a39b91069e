using System.Globalization;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// What matched and names nobody: rows of a database, bytes between hosts and of large answers, and answers that showed
/// people's data. Who is in it no log says; rows bound the people, for one person has one row at least.
/// </summary>
/// <param name="Bytes">Of the source that saw most: a server and a firewall count the same bytes.</param>
/// <param name="Views">Answers of an operation that shows something, and statements that say no number of rows.</param>
public sealed record UnnamedTraffic(long Rows, long Bytes, long Views)
{
    public static readonly UnnamedTraffic None = new(0, 0, 0);

    // an answer of an ordinary page is no transfer; a flow has no status
    private const string LargeOrFlow = "(bytes >= 1048576 OR status IS NULL)";

    /// <summary>The same as <see cref="LargeOrFlow"/>.</summary>
    internal static bool IsMove(long? bytes, long? status) => bytes >= 1_048_576 || status is null;

    public bool IsNone => Rows == 0 && Bytes == 0 && Views == 0;

    /// <summary>Whether there are at most as many more people as rows; what has no rows bounds nobody.</summary>
    public bool IsBounded => Views == 0 && (Bytes == 0 || Rows > 0);

    /// <summary>What cannot be told because of it, in whole sentences; null when there is none.</summary>
    public string? Sentence => Sentences is { Count: > 0 } all ? string.Join(' ', all) : null;

    /// <summary>One for what was counted in rows or bytes, and one for answers.</summary>
    public IReadOnlyList<string> Sentences
    {
        get
        {
            var said = new List<string>();
            if (Rows > 0)
                said.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{Rows:N0} rows went out of which the log names nobody: rows known, people unknown, at most ")
                    + string.Create(CultureInfo.InvariantCulture, $"{Rows:N0}."));
            else if (Bytes > 0)
                said.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{Bytes:N0} bytes went out, and no log says whose data they were: nothing bounds the people."));
            if (Views > 0)
                said.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{Views:N0} views showed people's data, ")
                    + "and the log does not say whose: nothing bounds the people.");
            return said;
        }
    }

    /// <summary>By DuckDB; <see cref="UnnamedTally"/> counts the same in passing.</summary>
    internal static UnnamedTraffic Read(ScopeEngine engine, Predicate predicate)
    {
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        // the segments of an older version have no rows
        var (rows, isUncounted) = engine.View.HasRows
            ? ("coalesce(sum(rows), 0)::BIGINT", "rows IS NULL")
            : ("0::BIGINT", "TRUE");
        return engine.Database.One($"""
            SELECT coalesce(sum(rows), 0)::BIGINT, coalesce(max(bytes), 0)::BIGINT, coalesce(sum(views), 0)::BIGINT
            FROM (SELECT source, {rows} AS rows,
                         coalesce(sum(bytes) FILTER (WHERE operation IS NULL AND {LargeOrFlow}), 0)::BIGINT AS bytes,
                         count(*) FILTER (WHERE {LedgerView.ShowsSomething} AND {isUncounted}) AS views
                  FROM records WHERE subject IS NULL AND {where} GROUP BY source)
            """, parameters.Values, row => new UnnamedTraffic(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
    }
}
