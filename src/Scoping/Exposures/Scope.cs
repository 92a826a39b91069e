using System.Globalization;
using System.Text;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Exposures;

/// <summary>One exposure: an account's data, shown by one operation.</summary>
/// <param name="Account">The id as the logs wrote it.</param>
/// <param name="Fields">Data categories joined by commas.</param>
public sealed record Exposure(
    string Account, string Operation, string Fields, EventTime First, EventTime Last, long Views);

/// <summary>
/// Who was exposed: numbers at hand, exposures in the engine. Decoys are in none of it but <see cref="Canaries"/>. Must
/// not outlive its engine.
/// </summary>
public sealed class Scope : IDisposable
{
    private readonly ScopeEngine _engine;
    private readonly ExposureTable _table;

    internal Scope(ScopeEngine engine, ExposureTable table) => (_engine, _table) = (engine, table);

    public required Predicate Predicate { get; init; }
    public required long Accounts { get; init; }
    public required PeopleCount People { get; init; }
    public required long Views { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<OperationCount> Operations { get; init; }

    /// <summary>Null when nobody was exposed.</summary>
    public required EventTime? First { get; init; }
    public required EventTime? Last { get; init; }
    public required CanaryEstimate Canaries { get; init; }
    public required ScopeCoverage Coverage { get; init; }
    public required CannotTell CannotTell { get; init; }
    /// <summary>
    /// What matched and names nobody; <see cref="People"/> and <see cref="CannotTell"/> are widened by it.
    /// </summary>
    public UnnamedTraffic Unnamed { get; init; } = UnnamedTraffic.None;
    public required IReadOnlyList<CategoryCount> Categories { get; init; }
    public required IReadOnlyList<DayCount> PerDay { get; init; }
    public required TryCount Refused { get; init; }
    public required TryCount Absent { get; init; }

    /// <summary>All segments that were read.</summary>
    public required IReadOnlyList<SegmentEntry> Segments { get; init; }

    /// <summary>
    /// The exposures, integer accounts by number and then the others by the bytes of their ids, each by operation.
    /// Streamed: ask the engine nothing else meanwhile.
    /// </summary>
    public IEnumerable<Exposure> Exposures()
    {
        var fields = new Dictionary<(int Op, long Mask), string>();
        return _engine.Database.Rows($"""
            SELECT e.subject, d.id, e.op, e.mask, e.first, e.last, e.views
            FROM {_table.Exposures} e LEFT JOIN dictionary d ON e.subject < 0 AND d.number = e.subject
            ORDER BY e.subject < 0, CASE WHEN e.subject >= 0 THEN e.subject END, d.id, e.op
            """, null, row =>
        {
            var (op, mask) = (row.GetInt32(2), row.GetInt64(3));
            if (!fields.TryGetValue((op, mask), out var text))
                fields[(op, mask)] = text = FieldsText(op, mask);
            return new Exposure(AccountText(row.GetInt64(0), row.Text(1)), _engine.View.Operations[op], text,
                new EventTime(row.GetInt64(4)), new EventTime(row.GetInt64(5)), row.GetInt64(6));
        });
    }

    /// <summary>
    /// The people behind the exposures, sorted by id, each once, joined with a file of contacts
    /// <c>person,email,phone,language</c> where one is given. Streamed: ask the engine nothing else meanwhile. None
    /// without a directory of people. Throws <see cref="FormatException"/> when the file has other columns.
    /// </summary>
    public IEnumerable<ScopePerson> ReadPeople(string? contacts) => ScopePeople.Read(_engine, _table, contacts);

    /// <summary>
    /// <c>account,operation,fields,first,last,views</c>, a row an exposure in the order of <see cref="Exposures"/>;
    /// UTF-8, line feeds, times in UTC. The same scope gives the same bytes. Leaves the stream open.
    /// </summary>
    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        WriteCsv(writer);
    }

    public void WriteCsv(TextWriter writer)
    {
        writer.Write("account,operation,fields,first,last,views\n");
        foreach (var exposure in Exposures())
        {
            Csv.Write(writer, exposure.Account);
            writer.Write(',');
            Csv.Write(writer, exposure.Operation);
            writer.Write(',');
            Csv.Write(writer, exposure.Fields);
            writer.Write(',');
            writer.Write(exposure.First.ToString());
            writer.Write(',');
            writer.Write(exposure.Last.ToString());
            writer.Write(',');
            writer.Write(exposure.Views.ToString(CultureInfo.InvariantCulture));
            writer.Write('\n');
        }
    }

    /// <summary>
    /// The rows of <see cref="WriteCsv(Stream)"/> as a Parquet file; first and last as TIMESTAMPTZ. Replaces a file.
    /// </summary>
    public void WriteParquet(string path)
    {
        var database = _engine.Database;
        database.Run($"CREATE OR REPLACE TEMP TABLE {_table.Texts} (op INTEGER, mask BIGINT, operation "
            + "VARCHAR, fields VARCHAR)");
        var pairs = database.All($"SELECT DISTINCT op, mask FROM {_table.Exposures}", null,
            row => (Op: row.GetInt32(0), Mask: row.GetInt64(1)));
        foreach (var (op, mask) in pairs)
            database.Run($"INSERT INTO {_table.Texts} VALUES ($1, $2, $3, $4)",
                [op, mask, _engine.View.Operations[op], FieldsText(op, mask)]);
        database.Run($"""
            COPY (SELECT coalesce(d.id, e.subject::VARCHAR) AS account, t.operation, t.fields,
                         make_timestamp(e.first)::TIMESTAMPTZ AS first,
                         make_timestamp(e.last)::TIMESTAMPTZ AS last, e.views
                  FROM {_table.Exposures} e JOIN {_table.Texts} t ON e.op = t.op AND e.mask = t.mask
                  LEFT JOIN dictionary d ON e.subject < 0 AND d.number = e.subject
                  ORDER BY e.subject < 0, CASE WHEN e.subject >= 0 THEN e.subject END, d.id, e.op)
            TO {Printer.Quote(path)} (FORMAT parquet, COMPRESSION zstd)
            """);
    }

    /// <summary>
    /// The document of design section 6, with the categories, days, tries, segments and predicate added.
    /// </summary>
    public void WriteJson(Stream stream, bool indented = true) => ScopeJson.Write(this, stream, indented);

    public void Dispose() => _table.Drop();

    private string FieldsText(int op, long mask) => _engine.View.Fields.TextOf(_engine.View.Operations[op], mask);

    internal static string AccountText(long subject, string? id) => subject >= 0
        ? subject.ToString(CultureInfo.InvariantCulture)
        : id ?? throw new InvalidDataException($"the ledger's dictionary has no id for the number {subject}");
}
