using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>
/// Rows or bytes that left beyond what is ordinary, and of which no log says whose they were. Any customer may be
/// among them, so no seed leads to it and none leads away.
/// </summary>
public sealed record UnnamedOutflow(Predicate Literal, UnnamedTraffic Amount, EventTime First, EventTime Last);

/// <summary>
/// Principals of a database, pairs of hosts and web clients that moved far more in an hour or a day than they did until
/// the day before and than their like do; with the hours before and after in which they moved more than ever, too.
/// </summary>
internal static class Outflows
{
    private const long WarmUp = 2 * EventTime.Day;
    private const int LeastWindows = 20;

    /// <param name="Records">Which rows count, by whom, how much each, and from how much in an hour and a day.</param>
    private sealed record Kind(
        string Records, string By, string Amount, string Literal, long AnHour, long ADay);

    private static readonly Kind Rows = new("rows > 0", "principal", "rows", "subject is null", 1000, 2000);

    private static readonly Kind Flows = new("status IS NULL AND client IS NOT NULL AND bytes > 0",
        "principal, client", "bytes", "operation is null and status is null", 64L << 20, 256L << 20);

    private static readonly Kind Answers = new("status IS NOT NULL AND bytes >= 1048576",
        "client", "bytes", "operation is null and bytes >= 1048576", 256L << 20, 1L << 30);

    public static IEnumerable<UnnamedOutflow> Of(ScopeEngine engine)
    {
        // segments of an older version have no rows
        foreach (var kind in engine.View.HasRows ? new[] { Rows, Flows, Answers } : [Flows, Answers])
            foreach (var surge in Surges(engine, kind))
            {
                var literal = Predicate.Parse(string.Join(" and ", surge.Actor.Append(kind.Literal)
                    .Append(Literals.Within([(surge.First, surge.Last)])))).OrThrow();
                yield return new UnnamedOutflow(
                    literal, UnnamedTraffic.Read(engine, literal), surge.First, surge.Last);
            }
    }

    private static List<(List<string> Actor, EventTime First, EventTime Last)> Surges(ScopeEngine engine, Kind kind)
    {
        var columns = kind.By.Split(", ");
        var source = kind == Rows ? "subject IS NULL" : "subject IS NULL AND operation IS NULL";
        // Large answers are rare: that a source has given none yet does not make it new.
        var begins = kind == Answers ? "(SELECT min(epoch_us(\"time\")) FROM records)" : "min(first)";
        return engine.Database.All(string.Create(CultureInfo.InvariantCulture, $"""
            WITH moved AS (
                SELECT source, {kind.By}, epoch_us("time") AS moment, {kind.Amount} AS amount FROM records
                WHERE {source} AND {columns[0]} IS NOT NULL AND {kind.Records}),
            spans AS (
                SELECT source, {kind.By}, width, floor, moment // width AS span, sum(amount)::BIGINT AS amount,
                       min(moment) AS first, max(moment) AS last
                FROM moved, (VALUES ({EventTime.Hour}, {kind.AnHour}), ({EventTime.Day}, {kind.ADay})) w(width, floor)
                GROUP BY ALL),
            roles AS (
                SELECT source, width, {begins} + {WarmUp} AS begins, CASE WHEN count(*) >= {LeastWindows}
                    THEN exp(median(ln(amount)) + 6 * greatest(0.5,
                        (quantile_cont(ln(amount), 0.75) - quantile_cont(ln(amount), 0.25)) / 1.349)) ELSE 0 END AS most
                FROM spans GROUP BY source, width),
            judged AS (
                SELECT *, amount > greatest(floor, most) AND first >= begins AS large
                FROM spans JOIN roles USING (source, width)),
            held AS (
                SELECT *, amount > 4 * coalesce(max(CASE WHEN large THEN 0 ELSE amount END) OVER (
                    PARTITION BY source, width, {kind.By} ORDER BY span
                    RANGE BETWEEN UNBOUNDED PRECEDING AND {EventTime.Day} // width PRECEDING), 0) AS unheard
                FROM judged),
            runs AS (
                SELECT *, span - row_number() OVER (PARTITION BY source, width, {kind.By} ORDER BY span) AS run
                FROM held WHERE unheard)
            SELECT {kind.By}, min(first), max(last)
            FROM (SELECT source, {kind.By}, min(first) AS first, max(last) AS last FROM runs
                  GROUP BY source, width, {kind.By}, run HAVING bool_or(large))
            GROUP BY ALL ORDER BY ALL
            """), null, row => (
                columns.Select((column, i) => $"{column} = {Printer.Quote(row.GetString(i))}").ToList(),
                new EventTime(row.GetInt64(columns.Length)), new EventTime(row.GetInt64(columns.Length + 1))));
    }
}
