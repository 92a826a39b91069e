using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>One address with one kind of software at the log-in.</summary>
/// <param name="Agent">Null: it names none.</param>
/// <param name="IsStranger">The address came to log in before it was ever seen with a session.</param>
internal sealed record Door(
    string Client, string? Agent, long Refused, long Accepted, EventTime FirstRefused, bool IsStranger)
{
    /// <summary>Refused far more often than people are, who mistype and then come in.</summary>
    public bool IsOdd => IsStranger && Refused > 3 * Accepted;
}

/// <summary>The doors of a ledger at which somebody was refused, and how many log-ins succeeded elsewhere.</summary>
internal sealed record Doors(
    IReadOnlyList<Door> Refused, IReadOnlyDictionary<(string Agent, int Day), long> Accepted)
{
    /// <summary>The rows that are log-ins, and those of them that let somebody in.</summary>
    public const string IsLogin = "(operation IS NOT DISTINCT FROM 'login' AND fields IS NOT DISTINCT FROM '')";
    private const string IsAccepted = "(outcome = 'disclosed' OR status BETWEEN 300 AND 399)";

    public static Doors Of(ScopeEngine engine)
    {
        var refused = engine.Database.All($"""
            SELECT d.client, d.agent, refused, accepted, first_refused, NOT (came < coalesce(knocked, came + 1))
            FROM (SELECT client, agent, count(*) FILTER (outcome = 'refused') AS refused,
                         count(*) FILTER ({IsAccepted}) AS accepted,
                         min(epoch_us("time")) FILTER (outcome = 'refused') AS first_refused
                  FROM records WHERE client IS NOT NULL AND {IsLogin}
                  GROUP BY client, agent HAVING count(*) FILTER (outcome = 'refused') > 0) d
            JOIN (SELECT client, min(epoch_us("time")) FILTER ({IsLogin}) AS knocked,
                         coalesce(min(epoch_us("time")) FILTER (NOT {IsLogin} AND credential IS NOT NULL),
                             {long.MaxValue.ToString(CultureInfo.InvariantCulture)}) AS came
                  FROM records WHERE client IS NOT NULL GROUP BY client) c ON c.client = d.client
            ORDER BY ALL
            """, null, row => new Door(row.GetString(0), row.Text(1), row.GetInt64(2), row.GetInt64(3),
                new EventTime(row.GetInt64(4)), row.GetBoolean(5)));
        var accepted = engine.Database.All(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT coalesce(agent, ''), epoch_us("time") // {EventTime.Day}, count(*)
            FROM records WHERE client IS NOT NULL AND {IsLogin} AND {IsAccepted} GROUP BY ALL
            """), null, row => (Key: (row.GetString(0), (int)row.GetInt64(1)), Count: row.GetInt64(2)));
        return new Doors(refused, accepted.ToDictionary(row => row.Key, row => row.Count));
    }
}
