using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// One scan of the records, grouped, as temporary tables: <c>day_N</c> (subject, op, day), <c>exposure_N</c> (subject,
/// op) and <c>account_N</c> (subject). Decoys are counted and taken out.
/// </summary>
internal sealed class ExposureTable
{
    // a million days before the epoch, so that division rounds down for all times
    private const string DaysBefore = "1000000";
    private readonly Database _database;
    private readonly string _number;

    public ExposureTable(ScopeEngine engine, Predicate predicate, int number, TimeSpan dayOffset)
    {
        _database = engine.Database;
        _number = number.ToString(CultureInfo.InvariantCulture);
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        var shift = dayOffset.Ticks / TimeSpan.TicksPerMicrosecond;
        _database.Run(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP TABLE {Days} AS
            SELECT subject, op,
                   (epoch_us("time") + {shift} + {DaysBefore} * {EventTime.Day})
                       // {EventTime.Day} - {DaysBefore} AS day,
                   min(epoch_us("time")) AS first, max(epoch_us("time")) AS last, count(*) AS views,
                   bit_or(mask) AS mask, any_value(others) AS others
            FROM disclosed WHERE {where} GROUP BY ALL
            """), parameters.Values);
        CanariesTouched = _database.One(
            $"SELECT count(DISTINCT subject) FROM {Days} WHERE subject IN (SELECT account FROM canary)", null,
            row => row.GetInt64(0));
        if (CanariesTouched > 0)
            _database.Run($"DELETE FROM {Days} WHERE subject IN (SELECT account FROM canary)");
        _database.Run($"""
            CREATE TEMP TABLE {Exposures} AS
            SELECT subject, op, min(first) AS first, max(last) AS last, sum(views)::BIGINT AS views,
                   bit_or(mask) AS mask, max(others) AS others, min(day) AS day
            FROM {Days} GROUP BY subject, op
            """);
        _database.Run($"""
            CREATE TEMP TABLE {Accounts} AS
            SELECT subject, bit_or(mask) AS mask, coalesce(bit_or(mask) FILTER (WHERE others > 0), 0) AS others_mask,
                   max(others) AS others, min(day) AS day
            FROM {Exposures} GROUP BY subject
            """);
    }

    public string Days => "day_" + _number;
    public string Exposures => "exposure_" + _number;
    public string Accounts => "account_" + _number;
    public string Texts => "texts_" + _number;
    public long CanariesTouched { get; }

    /// <summary>Gives back what only the counting needed.</summary>
    public void KeepExposures() => Drop(Days, Accounts);

    public void Drop() => Drop(Days, Exposures, Accounts, Texts);

    private void Drop(params string[] tables)
    {
        foreach (var table in tables)
            _database.Run($"DROP TABLE IF EXISTS {table}");
    }
}
