using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>A person whom a principal saw on a day.</summary>
/// <param name="Hour">Hours since the epoch.</param>
/// <param name="Odd">Without a ticket.</param>
/// <param name="Late">At an hour at which nobody else of the role reads.</param>
internal readonly record struct StaffRead(string Operation, long Hour, bool Odd, bool Late, double Weight);

/// <summary>
/// What employees and services read, in a temporary table: a person through an operation, with a ticket or without,
/// once a UTC day. <c>w</c> is the weight for a theft by an insider, in millionths of a nat.
/// </summary>
internal sealed class StaffReads
{
    // To work late is one decision: the first few reads of an hour are evidence, the others only belong to it.
    private const int EvidenceInAnHour = 3;

    // Who was hardly at work before is a newcomer, and no insider at odd hours.
    private const int LeastPast = 20;

    private const string InTime =
        "PARTITION BY principal ORDER BY moment, operation, subject, odd ROWS UNBOUNDED PRECEDING";

    private static readonly bool[] s_either = [false, true];

    private readonly Database _database;

    /// <param name="threshold">In nats.</param>
    public StaffReads(ScopeEngine engine, double threshold)
    {
        _database = engine.Database;
        Build();
        Silence();
        var counts = _database.All("""
            SELECT operation, principal, hour % 24, odd, count(*) FROM staff GROUP BY ALL ORDER BY ALL
            """, null, row => new StaffCount(
                row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetBoolean(3), row.GetInt64(4)));
        Rates = new StaffRates(counts, [], 0.05);
        Weigh(counts);
        Rates = new StaffRates(counts, [.. Excursions(threshold)], 0.99);
        Weigh(counts);
        Suspects = Excursions(threshold);
    }

    /// <summary>Principals whose one-sided CUSUM (Page 1954) exceeds the threshold.</summary>
    public IReadOnlyList<string> Suspects { get; }

    /// <summary>Learned twice: the second time without whom the first time found.</summary>
    public StaffRates Rates { get; }

    /// <summary>In the order of time.</summary>
    public List<StaffRead> Of(string principal) => _database.All("""
        SELECT operation, hour, odd AND NOT silent, late, w FROM staff WHERE principal = $1
        ORDER BY moment, operation, subject, odd
        """, [principal], row => new StaffRead(
            row.GetString(0), row.GetInt64(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt64(4) / 1e6));

    /// <summary>The hours since the epoch in which records of a principal lack their ticket, in order.</summary>
    public List<long> OddHours(string principal) => _database.All(string.Create(CultureInfo.InvariantCulture, $"""
        SELECT DISTINCT epoch_us("time") // {EventTime.Hour} AS hour FROM disclosed
        WHERE principal = $1 AND (traits::BIGINT & {(long)Trait.NoTicket}) <> 0 ORDER BY hour
        """), [principal], row => row.GetInt64(0));

    private void Build() => _database.Run(string.Create(CultureInfo.InvariantCulture, $"""
        CREATE OR REPLACE TEMP TABLE staff AS
        SELECT *, moment // {EventTime.Hour} AS hour,
               row_number() OVER (PARTITION BY principal, operation ORDER BY moment, subject, odd) AS past,
               row_number() OVER (PARTITION BY principal, moment // {EventTime.Hour} ORDER BY moment, subject, odd)
                   AS within,
               FALSE AS silent, FALSE AS late, 0::BIGINT AS w
        FROM (SELECT principal, operation, subject, (traits::BIGINT & {(long)Trait.NoTicket}) <> 0 AS odd,
                     min(epoch_us("time")) AS moment
              FROM disclosed WHERE principal IS NOT NULL
              GROUP BY principal, operation, subject, odd, epoch_us("time") // {EventTime.Day})
        """));

    // An hour in which at least half of the others who read at all read without a ticket says nothing: the tickets
    // could not be reached.
    private void Silence() => _database.Run("""
        UPDATE staff SET silent = TRUE
        FROM (SELECT operation AS o, hour AS h, principal AS p, mine,
                     count(*) OVER (PARTITION BY operation, hour) AS readers,
                     sum(mine) OVER (PARTITION BY operation, hour) AS odd_readers
              FROM (SELECT operation, hour, principal, max(odd::INTEGER) AS mine FROM staff GROUP BY ALL))
        WHERE operation = o AND hour = h AND principal = p AND readers >= 3
          AND 2 * (odd_readers - mine) >= readers - 1
        """);

    private void Weigh(List<StaffCount> counts)
    {
        var rows = counts.Select(count => (count.Operation, count.Principal, count.Hour)).Distinct()
            .SelectMany(key => s_either.Select(odd => (key.Operation, key.Principal, key.Hour, Odd: odd)))
            .ToList();
        List<long> Weights(bool byHour) =>
            [.. rows.Select(row => Rates.Weight(row.Operation, row.Principal, row.Hour, row.Odd, byHour))];
        _database.Run("""
            CREATE OR REPLACE TEMP TABLE staff_weight AS
            SELECT unnest($1) AS o, unnest($2) AS p, unnest($3) AS h, unnest($4) AS is_odd,
                   unnest($5) AS is_late, unnest($6) AS plain, unnest($7) AS by_hour
            """, [rows.Select(row => row.Operation).ToList(), rows.Select(row => row.Principal).ToList(),
                rows.Select(row => (long)row.Hour).ToList(), rows.Select(row => row.Odd).ToList(),
                rows.Select(row => Rates.IsLate(row.Operation, row.Principal, row.Hour)).ToList(),
                Weights(byHour: false), Weights(byHour: true)]);
        _database.Run(string.Create(CultureInfo.InvariantCulture, $"""
            UPDATE staff SET late = is_late AND past > {LeastPast}, w = CASE
                WHEN silent THEN 0
                WHEN past <= {LeastPast} THEN plain
                WHEN is_late AND within > {EvidenceInAnHour} AND NOT odd THEN least(by_hour, 0)
                ELSE by_hour END
            FROM staff_weight
            WHERE operation = o AND principal = p AND hour % 24 = h AND odd = is_odd
            """));
    }

    private List<string> Excursions(double threshold) => _database.All(string.Create(CultureInfo.InvariantCulture, $"""
        SELECT principal
        FROM (SELECT principal, total, min(total) OVER ({InTime}) AS lowest
              FROM (SELECT principal, moment, operation, subject, odd, sum(w) OVER ({InTime}) AS total FROM staff))
        GROUP BY principal HAVING max(total - least(0, lowest)) > {(long)Math.Ceiling(threshold * 1e6)}
        ORDER BY principal
        """), null, row => row.GetString(0));
}
