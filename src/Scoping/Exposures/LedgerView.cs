using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The files of a ledger under names: <c>records</c> (all rows), <c>disclosed</c> (rows that showed somebody's data),
/// <c>located</c> (rows with the path of their <c>segment</c>), <c>dictionary</c>, <c>canary</c>, <c>people</c>.
/// </summary>
internal sealed class LedgerView
{
    private const string NoRecords = """
        SELECT NULL::TIMESTAMPTZ AS "time", NULL::VARCHAR AS source, NULL::VARCHAR AS stream, NULL::VARCHAR AS file,
               NULL::BIGINT AS "offset", NULL::VARCHAR AS request, NULL::VARCHAR AS client, NULL::VARCHAR AS network,
               NULL::VARCHAR AS agent, NULL::UBIGINT AS credential, NULL::VARCHAR AS "key", NULL::VARCHAR AS principal,
               NULL::BIGINT AS account, NULL::BIGINT AS subject, NULL::VARCHAR AS operation, NULL::VARCHAR AS fields,
               NULL::VARCHAR AS "method", NULL::INTEGER AS status, NULL::BIGINT AS bytes, NULL::VARCHAR AS outcome,
               NULL::UINTEGER AS traits WHERE FALSE
        """;

    /// <summary>The record showed data, whether or not it says whose.</summary>
    public const string ShowsSomething = "(outcome = 'disclosed' AND operation IS NOT NULL AND fields <> '')";

    /// <summary>The record showed somebody's data.</summary>
    public const string IsDisclosed = "(" + ShowsSomething + " AND subject IS NOT NULL)";

    private readonly LedgerContents _ledger;
    private readonly Lazy<Database> _tables;
    private readonly Lazy<Database> _all;
    private readonly Lazy<(long Planted, long Listed)> _directory;
    private readonly Lazy<bool> _hasRows;

    /// <param name="open">Opens a database, when it is needed.</param>
    public LedgerView(Func<Database> open, LedgerContents ledger)
    {
        _ledger = ledger;
        _tables = new Lazy<Database>(() => WithTables(open()));
        _all = new Lazy<Database>(() => WithRecords(_tables.Value));
        _directory = new Lazy<(long, long)>(() => ledger.Accounts is null ? (0, 0) : (
            _tables.Value.One("SELECT count(*) FROM canary", null, row => row.GetInt64(0)),
            _tables.Value.One(
                "SELECT count(DISTINCT account) FROM directory WHERE account NOT IN (SELECT account FROM canary)",
                null, row => row.GetInt64(0))));
        _hasRows = new Lazy<bool>(() => _all.Value
            .All("SELECT column_name FROM (DESCRIBE records)", null, row => row.GetString(0)).Contains("rows"));
        OthersByOperation = ledger.Operations.GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (long)group.Max(entry => entry.Others), StringComparer.Ordinal);
    }

    /// <summary>
    /// The database with all names. Asked for first, it reads the footer of every segment: what needs none of it had
    /// better not ask.
    /// </summary>
    public Database Database => _all.Value;

    /// <summary>How many people besides the account's own an operation can show; 0 is left out.</summary>
    public IReadOnlyDictionary<string, long> OthersByOperation { get; }
    public bool HasPeople => _ledger.People is not null;

    /// <summary>Segments that were written before rows were counted have no such column.</summary>
    public bool HasRows => _hasRows.Value;

    /// <summary>Decoys in the directory of accounts, and accounts in it that are none.</summary>
    public long Planted => _directory.Value.Planted;
    public long AccountsListed => _directory.Value.Listed;

    /// <summary>Numbers of ids from the dictionary.</summary>
    public Func<string, SubjectId> Numbers(List<string> ids)
    {
        if (ids.Count == 0)
            return _ => SubjectId.None;
        var known = _tables.Value
            .Rows("SELECT id, number FROM dictionary WHERE id IN (SELECT unnest($1))", [ids],
                row => (Id: row.GetString(0), Number: row.GetInt64(1)))
            .ToDictionary(row => row.Id, row => new SubjectId(row.Number), StringComparer.Ordinal);
        return id => known.GetValueOrDefault(id, SubjectId.None);
    }

    private static IEnumerable<string> Listed(string? name) => name is null ? [] : [name];

    private static string From(LedgerContents ledger, IEnumerable<string> names, string nothing)
    {
        var files = names.Select(name => Printer.Quote(ledger.PathOf(name))).ToList();
        return files.Count == 0 ? nothing : $"SELECT * FROM read_parquet([{string.Join(", ", files)}], "
            + "union_by_name = true)";
    }

    /// <summary>The decoys, in memory: seldom more than one account in a thousand.</summary>
    public HashSet<long> Decoys() => Planted == 0 ? []
        : [.. _tables.Value.Rows("SELECT account FROM canary", null, row => row.GetInt64(0))];

    public void Close()
    {
        if (_tables.IsValueCreated)
            _tables.Value.Dispose();
    }

    private Database WithTables(Database database)
    {
        database.Run("CREATE VIEW dictionary AS SELECT DISTINCT number, id FROM (" + From(
            _ledger, _ledger.Dictionaries, "SELECT NULL::BIGINT AS number, NULL::VARCHAR AS id WHERE FALSE") + ")");
        database.Run("CREATE VIEW people AS " + From(_ledger, Listed(_ledger.People),
            "SELECT NULL::BIGINT AS account, NULL::VARCHAR AS person, NULL::INTEGER AS \"position\" WHERE FALSE"));
        database.Run("CREATE VIEW directory AS " + From(_ledger, Listed(_ledger.Accounts),
            "SELECT NULL::BIGINT AS account, NULL::VARCHAR AS status WHERE FALSE"));
        database.Run("CREATE TEMP TABLE canary AS SELECT DISTINCT account FROM directory WHERE status = 'canary'");
        return database;
    }

    private Database WithRecords(Database database)
    {
        // A segment leaves out a network that is the client's own /24.
        var segments = From(_ledger, _ledger.Segments.Select(segment => segment.Name), NoRecords);
        database.Run($"CREATE VIEW records AS SELECT * REPLACE ({SegmentColumns.NetworkSql} AS network) FROM ("
            + segments + ")");
        var located = _ledger.Segments.Count == 0 ? $"SELECT *, '' AS segment FROM ({NoRecords})"
            : segments.Replace("union_by_name = true)", "union_by_name = true, filename = 'segment')",
                StringComparison.Ordinal);
        database.Run($"CREATE VIEW located AS SELECT * REPLACE ({SegmentColumns.NetworkSql} AS network) FROM ("
            + located + ")");
        database.Run("CREATE VIEW disclosed AS SELECT * FROM records WHERE " + IsDisclosed);
        return database;
    }
}
