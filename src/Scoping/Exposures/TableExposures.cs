using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Exposures that DuckDB grouped, as temporary tables, spilled to disk where they do not fit: <c>day_N</c> (subject,
/// op, day), <c>exposure_N</c> (subject, op) and <c>account_N</c> (subject).
/// </summary>
internal sealed class TableExposures : IExposureSet
{
    // a million days before the epoch, so that division rounds down for all times
    private const string DaysBefore = "1000000";
    private readonly Database _database;
    private readonly string _number;
    private readonly PairCatalog _pairs;

    public TableExposures(ScopeEngine engine, Predicate predicate, int number, TimeSpan dayOffset)
    {
        _database = engine.Database;
        _number = number.ToString(CultureInfo.InvariantCulture);
        var parameters = new SqlParameters();
        var where = predicate.WriteSql(parameters, engine.SubjectsOf(predicate));
        var found = _database.All(
            $"SELECT DISTINCT operation, fields FROM disclosed WHERE {where} ORDER BY ALL", parameters.Values,
            row => (row.GetString(0), row.GetString(1)));
        _pairs = new PairCatalog(found, engine.View.OthersByOperation);
        WritePairs(found);
        Group(where, parameters, dayOffset.Ticks / TimeSpan.TicksPerMicrosecond);
        var touched = TakeOutDecoys();
        WriteExposures();
        var tries = ReadTries(where, parameters);
        Numbers = new ExposureNumbers
        {
            Totals = ReadTotals(touched),
            Operations = ReadOperations(),
            AccountsByCategory = ReadCategories(),
            PerDay = ReadDays(),
            Refused = tries.GetValueOrDefault("refused", new TryCount(0, 0)),
            Absent = tries.GetValueOrDefault("absent", new TryCount(0, 0)),
            Unnamed = UnnamedTraffic.Read(engine, predicate),
        };
        _database.Run($"DROP TABLE {Days}");
    }

    public ExposureNumbers Numbers { get; }
    public FieldCatalog Fields => _pairs.Fields;
    private string Pairs => "pair_" + _number;
    private string Days => "day_" + _number;
    private string Exposed => "exposure_" + _number;
    private string Accounts => "account_" + _number;

    public string AccountsSql() => Accounts;

    public IEnumerable<ExposureRow> Rows() => _database.Rows($"""
        SELECT e.subject, d.id, e.op, e.mask, e.first, e.last, e.views
        FROM {Exposed} e LEFT JOIN dictionary d ON e.subject < 0 AND d.number = e.subject
        ORDER BY e.subject < 0, CASE WHEN e.subject >= 0 THEN e.subject END, d.id, e.op
        """, null, row => new ExposureRow(row.GetInt64(0), row.Text(1), _pairs.Names[row.GetInt32(2)],
            row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));

    public void Dispose()
    {
        foreach (var table in new[] { Pairs, Days, Exposed, Accounts })
            _database.Run($"DROP TABLE IF EXISTS {table}");
    }

    private void WritePairs(List<(string Operation, string Fields)> found)
    {
        _database.Run(
            $"CREATE TEMP TABLE {Pairs} (name VARCHAR, fields VARCHAR, op INTEGER, mask BIGINT, others BIGINT)");
        for (var i = 0; i < found.Count; i++)
            _database.Run($"INSERT INTO {Pairs} VALUES ($1, $2, $3, $4, $5)",
                [found[i].Operation, found[i].Fields, _pairs.Operation[i], _pairs.Mask[i], _pairs.Others[i]]);
    }

    private void Group(string where, SqlParameters parameters, long shift) =>
        _database.Run(string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP TABLE {Days} AS
            SELECT subject, op,
                   (epoch_us("time") + {shift} + {DaysBefore} * {EventTime.Day})
                       // {EventTime.Day} - {DaysBefore} AS day,
                   min(epoch_us("time")) AS first, max(epoch_us("time")) AS last, count(*) AS views,
                   bit_or(mask) AS mask, max(others) AS others
            FROM (SELECT * FROM disclosed WHERE {where}) r
                 JOIN {Pairs} p ON r.operation = p.name AND r.fields = p.fields
            GROUP BY ALL
            """), parameters.Values);

    private long TakeOutDecoys()
    {
        var touched = _database.One(
            $"SELECT count(DISTINCT subject) FROM {Days} WHERE subject IN (SELECT account FROM canary)", null,
            row => row.GetInt64(0));
        if (touched > 0)
            _database.Run($"DELETE FROM {Days} WHERE subject IN (SELECT account FROM canary)");
        return touched;
    }

    private void WriteExposures()
    {
        _database.Run($"""
            CREATE TEMP TABLE {Exposed} AS
            SELECT subject, op, min(first) AS first, max(last) AS last, sum(views)::BIGINT AS views,
                   bit_or(mask) AS mask, coalesce(bit_or(mask) FILTER (WHERE others > 0), 0) AS others_mask,
                   max(others) AS others, min(day) AS day
            FROM {Days} GROUP BY subject, op
            """);
        _database.Run($"""
            CREATE TEMP TABLE {Accounts} AS
            SELECT subject, bit_or(mask) AS mask, bit_or(others_mask) AS others_mask, max(others) AS others,
                   min(day) AS day
            FROM {Exposed} GROUP BY subject
            """);
    }

    private ExposureTotals ReadTotals(long touched)
    {
        var (accounts, people) = _database.One(
            $"SELECT count(*), coalesce(sum(1 + others), 0)::BIGINT FROM {Accounts}", null,
            row => (row.GetInt64(0), row.GetInt64(1)));
        return _database.One(
            $"SELECT coalesce(sum(views), 0)::BIGINT, min(first), max(last) FROM {Exposed}", null,
            row => new ExposureTotals(accounts, row.GetInt64(0), row.Number(1), row.Number(2), touched, people));
    }

    private List<OperationTotal> ReadOperations() => _database.All(
        $"SELECT op, count(*), sum(views)::BIGINT, bit_or(mask) FROM {Exposed} GROUP BY op ORDER BY op", null,
        row => new OperationTotal(
            _pairs.Names[row.GetInt32(0)], row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    private List<long> ReadCategories() => Fields.Categories.Count == 0
        ? []
        : _database.One($"SELECT {Fields.CountSql("mask")} FROM {Accounts}", null,
            row => Fields.Categories.Select((_, i) => row.GetInt64(i)).ToList());

    private List<DayCount> ReadDays() => _database.All($"""
        SELECT d.day, d.accounts, coalesce(n.accounts, 0), d.views
        FROM (SELECT day, count(DISTINCT subject) AS accounts, sum(views)::BIGINT AS views
              FROM {Days} GROUP BY day) d
        LEFT JOIN (SELECT day, count(*) AS accounts FROM {Accounts} GROUP BY day) n ON n.day = d.day
        ORDER BY d.day
        """, null, row => new DayCount(
            DateOnly.FromDateTime(new EventTime(row.GetInt64(0) * EventTime.Day).ToUtc().UtcDateTime),
            row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    private Dictionary<string, TryCount> ReadTries(string where, SqlParameters parameters) => _database.Rows($"""
        SELECT outcome, count(*), count(DISTINCT subject) FROM records
        WHERE outcome IN ('refused', 'absent') AND fields <> '' AND {where} GROUP BY outcome
        """, parameters.Values, row => (row.GetString(0), new TryCount(row.GetInt64(1), row.GetInt64(2))))
        .ToDictionary(row => row.Item1, row => row.Item2);
}
