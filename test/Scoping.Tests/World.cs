using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Tests;

/// <summary>A small ledger: its records in memory for the oracle, and the same as files for the engine.</summary>
internal sealed class World : IDisposable
{
    public static readonly EventTime Start = EventTime.From(new DateTimeOffset(2025, 4, 12, 0, 0, 0, TimeSpan.Zero));
    private readonly string _directory = Directory.CreateTempSubdirectory("whosaw-scoping-").FullName;

    public List<RecordRow> Rows { get; init; } = [];
    public List<string> Ids { get; } = [];
    public List<(long Account, string Status)>? Accounts { get; init; }
    public List<(long Account, string Person, int Position)>? People { get; init; }
    public List<OperationEntry> Operations { get; init; } = [];
    public List<SourceEntry> Sources { get; init; } = [];
    public int RowsInSegment { get; init; } = 64;

    // What a segment has, in the first and the second version of the format, and what only ParquetSharp reads.
    private static readonly string[] s_forms =
    [
        "COMPRESSION zstd", "COMPRESSION zstd, PARQUET_VERSION v2", "COMPRESSION snappy",
        "COMPRESSION zstd, ROW_GROUP_SIZE 2048", "COMPRESSION uncompressed, PARQUET_VERSION v2",
    ];

    /// <summary>Adds ids that are no integers; the first is -1.</summary>
    public World With(params string[] ids)
    {
        Ids.AddRange(ids);
        return this;
    }

    public SubjectId Find(string id)
    {
        var at = Ids.IndexOf(id);
        return at < 0 ? SubjectId.None : new SubjectId(-at - 1);
    }

    public string TextOf(SubjectId id) => id.IsFromDictionary ? Ids[(int)-id.Value - 1] : id.ToString();

    public static RecordRow Record(
        double minutes, long subject, string operation = "profile", string fields = "name,email") => new()
        {
            Time = Start.Plus((long)(minutes * EventTime.Minute)),
            Source = "gateway",
            Stream = "gw1",
            File = "logs/gw1.log",
            Offset = (long)(minutes * 1000),
            Request = "r1",
            Client = "192.0.2.1",
            Network = "192.0.2.0/24",
            Agent = "app/1.0",
            Credential = 0xfeed,
            Key = "k1",
            Subject = new SubjectId(subject),
            Operation = operation,
            Fields = fields,
            Method = "GET",
            Status = 200,
            Bytes = 512,
            Outcome = Outcome.Disclosed,
        };

    public static Predicate Where(string text) => Predicate.Parse(text).OrThrow();

    public ScopeEngine Open(int threads = 2, Counting counting = Counting.InMemory) =>
        ScopeEngine.Open(Write(), new ScopeEngineOptions { Threads = threads, Counting = counting });

    public LedgerContents Write()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Run(connection, "SET TimeZone = 'UTC'");
        var segments = new List<SegmentEntry>();
        foreach (var (part, i) in Rows.OrderBy(row => row.Time).Chunk(RowsInSegment).Select((part, i) => (part, i)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"part-{i}.parquet");
            WriteSegment(connection, part, name, s_forms[i % s_forms.Length]);
            segments.Add(new SegmentEntry(name, $"{i:x64}", part.Length, part[0].Time, part[^1].Time));
        }
        var dictionary = Table(connection, "dictionary", "number BIGINT, id VARCHAR",
            Ids.Select((id, i) => new object?[] { -1L - i, id }));
        var accounts = Accounts is null ? null : Table(connection, "accounts", "account BIGINT, status VARCHAR",
            Accounts.Select(row => new object?[] { row.Account, row.Status }));
        var people = People is null
            ? null : Table(connection, "people", "account BIGINT, person VARCHAR, \"position\" INTEGER",
            People.Select(row => new object?[] { row.Account, row.Person, row.Position }));
        return new LedgerContents(_directory, segments, [], [dictionary], accounts, people, Operations, Sources, []);
    }

    public void Dispose() => Directory.Delete(_directory, true);

    private void WriteSegment(DuckDBConnection connection, RecordRow[] rows, string name, string form)
    {
        Run(connection, """
            CREATE OR REPLACE TABLE segment ("time" BIGINT, source VARCHAR, stream VARCHAR, file VARCHAR,
                "offset" BIGINT, request VARCHAR, client VARCHAR, network VARCHAR, agent VARCHAR, credential UBIGINT,
                "key" VARCHAR, principal VARCHAR, account BIGINT, subject BIGINT, operation VARCHAR, fields VARCHAR,
                "method" VARCHAR, status INTEGER, bytes BIGINT, outcome VARCHAR, traits UINTEGER)
            """);
        using (var appender = connection.CreateAppender("segment"))
            foreach (var row in rows)
                Append(appender.CreateRow(),
                    [row.Time.Microseconds, row.Source, row.Stream, row.File, row.Offset, row.Request,
                    row.Client, row.Network, row.Agent, row.Credential, row.Key, row.Principal, Id(row.Account),
                    Id(row.Subject), row.Operation, row.Fields, row.Method, row.Status, row.Bytes, row.Outcome.Name(),
                    (uint)row.Traits]);
        Run(connection, $"""
            COPY (SELECT make_timestamp("time")::TIMESTAMPTZ AS "time", * EXCLUDE ("time") FROM segment)
            TO '{Path.Combine(_directory, name)}' (FORMAT parquet, {form})
            """);
    }

    private static long? Id(SubjectId id) => id.IsNone ? null : id.Value;

    private string Table(DuckDBConnection connection, string name, string columns, IEnumerable<object?[]> rows)
    {
        Run(connection, $"CREATE OR REPLACE TABLE {name} ({columns})");
        using (var appender = connection.CreateAppender(name))
            foreach (var row in rows)
                Append(appender.CreateRow(), row);
        Run(connection, $"COPY {name} TO '{Path.Combine(_directory, name + ".parquet")}' (FORMAT parquet)");
        return name + ".parquet";
    }

    private static void Append(IDuckDBAppenderRow row, object?[] values)
    {
        foreach (var value in values)
        {
            _ = value switch
            {
                null => row.AppendNullValue(),
                long number => row.AppendValue(number),
                int number => row.AppendValue(number),
                uint number => row.AppendValue(number),
                ulong number => row.AppendValue(number),
                _ => row.AppendValue((string)value),
            };
        }
        row.EndRow();
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static string Csv(Scope scope)
    {
        using var stream = new MemoryStream();
        scope.WriteCsv(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
