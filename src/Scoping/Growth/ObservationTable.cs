using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Growth;

/// <summary>A value of a column that ties observations together.</summary>
/// <param name="IsStrong">Its evidence by itself exceeds the threshold; less is enough for those who are tied to a
/// theft that was found.</param>
internal readonly record struct Actor(string Column, string Value, bool IsStrong);

/// <summary>
/// Observations that agree in everything that matters: suspects (by index, -1 for none) and weight.
/// </summary>
internal sealed record ObservationGroup(int[] Suspects, int Weight, long Count);

/// <summary>
/// The ledger as observations, in a temporary table; only what touches a suspect, an actor with evidence over the
/// threshold, comes into memory, grouped.
/// </summary>
internal sealed class ObservationTable
{
    public static readonly string[] Columns =
        ["client", "network", "agent", "key", "credential", "account", "principal"];

    // Whom the first pass may leave out of the population: an agent or a network is shared by too many.
    private static readonly string[] Narrow = ["client", "credential", "account", "principal"];
    private readonly Database _database;
    private readonly GrowthOptions _options;

    public ObservationTable(ScopeEngine engine, GrowthOptions options)
    {
        (_database, _options) = (engine.Database, options);
        Build();
        (Total, var span) = _database.One(
            "SELECT count(*), coalesce(max(moment) - min(moment), 0) FROM observation", null,
            row => (row.GetInt64(0), row.GetInt64(1)));
        var aYear = Total * Math.Max(1, 365.0 * EventTime.Day / Math.Max(span, EventTime.Hour));
        Threshold = Math.Max(options.LeastEvidence, Math.Log(Math.Max(1, aYear) / options.FalseAlarmsAYear));
        Weigh(0.05);
        FindSuspects(Narrow, Threshold);
        _database.Run("UPDATE observation SET ordinary = FALSE WHERE " + string.Join(" OR ", Narrow.Select(column =>
            $"\"{column}\" IN (SELECT value FROM suspect WHERE kind = '{column}')")));
        Weights = Weigh(0.99);
        FindSuspects(Columns, Math.Min(Threshold, options.KinEvidence));
        Suspects = _database.All("SELECT kind, value, evidence FROM suspect ORDER BY number", null,
            row => new Actor(row.GetString(0), row.GetString(1), row.GetInt64(2) > Millionths(Threshold)));
        Groups = ReadGroups("TRUE");
    }

    public long Total { get; }
    public double Threshold { get; }
    public IReadOnlyList<Weight> Weights { get; private set; }
    public IReadOnlyList<Actor> Suspects { get; }
    public IReadOnlyList<ObservationGroup> Groups { get; }

    private void Build()
    {
        string Unit(UnitKind kind, string condition, string key) => string.Create(CultureInfo.InvariantCulture, $$"""
            SELECT {{(int)kind}} AS unit, first.*, shown AS subject, traits & {{Growth.Weights.MaskOf(kind)}} AS traits
            FROM (SELECT {{(kind == UnitKind.Session ? "NULL::BIGINT" : "subject")}} AS shown,
                         {{(kind == UnitKind.Session ? "arg_min(traits::BIGINT, place)" : "bit_or(traits::BIGINT)")}}
                             AS traits,
                         arg_min({moment: moment, client: client, network: network, agent: agent, "key": "key",
                                  credential: credential, account: account, principal: principal}, place) AS first
                  FROM (SELECT *, epoch_us("time") AS moment,
                               row(epoch_us("time"), file, "offset", coalesce(subject, 0), traits::BIGINT) AS place
                        FROM records)
                  WHERE {{condition}} GROUP BY {{key}})
            """);
        _database.Run($"""
            CREATE OR REPLACE TEMP TABLE observation AS
            SELECT unit, moment, client, network, agent, "key", credential::VARCHAR AS credential,
                   account::VARCHAR AS account, principal, subject, traits, coalesce(agent, '') AS context,
                   TRUE AS ordinary, 0 AS weight, 0::BIGINT AS w
            FROM ({Unit(UnitKind.Session, "credential IS NOT NULL AND principal IS NULL", "credential")}
                  UNION ALL
                  {Unit(UnitKind.PersonSeen, "credential IS NOT NULL AND principal IS NULL AND subject IS NOT NULL",
                      "credential, subject")}
                  UNION ALL
                  {Unit(UnitKind.PersonSeenByStaff, "principal IS NOT NULL AND subject IS NOT NULL",
                      "principal, subject, time_bucket(INTERVAL 1 DAY, \"time\")")})
            """);
    }

    /// <summary>The observations of the records in the table <c>seed</c>.</summary>
    public List<ObservationGroup> SeedGroups() => ReadGroups(string.Create(CultureInfo.InvariantCulture, $"""
        (unit = {(int)UnitKind.Session} AND credential IN (SELECT credential::VARCHAR FROM seed)) OR
        (unit = {(int)UnitKind.PersonSeen} AND row(credential, subject) IN
            (SELECT row(credential::VARCHAR, subject) FROM seed)) OR
        (unit = {(int)UnitKind.PersonSeenByStaff} AND row(principal, subject, moment // {EventTime.Day}) IN
            (SELECT row(principal, subject, epoch_us("time") // {EventTime.Day}) FROM seed))
        """));

    private List<Weight> Weigh(double cap)
    {
        var counts = _database.All("""
            SELECT unit, context, traits, count(*), count(*) FILTER (WHERE ordinary)
            FROM observation GROUP BY ALL ORDER BY ALL
            """, null, row => new Weights.Count(
                (UnitKind)row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        var weights = Growth.Weights.Learn(counts, cap);
        _database.Run("""
            CREATE OR REPLACE TEMP TABLE weight AS
            SELECT unnest($1) AS unit, unnest($2) AS context, unnest($3) AS traits, unnest($4) AS w,
                   unnest($5) AS number
            """, [counts.Select(count => (int)count.Kind).ToList(), counts.Select(count => count.Agent).ToList(),
                counts.Select(count => count.Traits).ToList(), weights.Select(weight => weight.Total).ToList(),
                Enumerable.Range(0, counts.Count).ToList()]);
        _database.Run("""
            UPDATE observation o SET weight = x.number, w = x.w FROM weight x
            WHERE o.unit = x.unit AND o.context = x.context AND o.traits = x.traits
            """);
        return weights;
    }

    private static long Millionths(double nats) => (long)Math.Ceiling(nats * 1e6);

    private void FindSuspects(IEnumerable<string> columns, double threshold)
    {
        var limit = Millionths(threshold);
        var sums = columns.Select(column => $"""
            SELECT '{column}' AS kind, "{column}" AS value, sum(w)::BIGINT AS evidence
            FROM observation WHERE "{column}" IS NOT NULL
            GROUP BY unit, "{column}" HAVING sum(w) > {limit.ToString(CultureInfo.InvariantCulture)}
            """);
        _database.Run($"""
            CREATE OR REPLACE TEMP TABLE suspect AS
            SELECT kind, value, evidence, (row_number() OVER (ORDER BY kind, value) - 1)::INTEGER AS number
            FROM (SELECT kind, value, max(evidence) AS evidence
                  FROM ({string.Join(" UNION ALL ", sums)}) GROUP BY kind, value)
            """);
    }

    private List<ObservationGroup> ReadGroups(string where)
    {
        var numbers = Columns.Select((_, i) => $"coalesce(s{i}.number, -1)").ToList();
        var joins = Columns.Select((column, i) =>
            $"LEFT JOIN suspect s{i} ON s{i}.kind = '{column}' AND s{i}.value = o.\"{column}\"");
        return _database.All($"""
            SELECT {string.Join(", ", numbers)}, o.weight, count(*)
            FROM observation o {string.Join(" ", joins)} WHERE {where}
            GROUP BY ALL HAVING greatest({string.Join(", ", numbers)}) >= 0 ORDER BY ALL
            """, null, row => new ObservationGroup([.. Columns.Select((_, i) => row.GetInt32(i))],
                row.GetInt32(Columns.Length), row.GetInt64(Columns.Length + 1)));
    }
}
