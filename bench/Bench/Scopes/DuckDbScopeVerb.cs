using System.Globalization;
using DuckDB.NET.Data;

namespace WhoSaw.Bench.Scopes;

/// <summary>The peer: what somebody who knows DuckDB would write by hand over the ledger's files.</summary>
public static class DuckDbScopeVerb
{
    public static int Run(Arguments arguments)
    {
        if (arguments.Words is not [var ledger])
            throw new UsageException("duckdb-scope takes one ledger");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var spill = Directory.CreateTempSubdirectory("whosaw-bench-").FullName;
        try
        {
            Run(connection, $"SET temp_directory = '{spill}'");
            if (arguments.Number("memory", 0) is > 0 and var megabytes)
                Run(connection, string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{megabytes}MB'"));
            Run(connection, "SET preserve_insertion_order = false");
            var files = Path.Combine(ledger, "segments", "*", "*.parquet").Replace("'", "''", StringComparison.Ordinal);
            Run(connection, $"""
                CREATE TEMP TABLE exposure AS
                SELECT subject, operation, min("time") AS first, max("time") AS last, count(*) AS views
                FROM read_parquet('{files}')
                WHERE "key" = '{TheftLedger.StolenKey}' AND outcome = 'disclosed' AND subject IS NOT NULL AND fields <> ''
                GROUP BY subject, operation
                """);
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT count(DISTINCT subject), count(*), sum(views)::BIGINT, min(first), max(last) FROM exposure";
            using var reader = command.ExecuteReader();
            reader.Read();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"accounts={reader.GetInt64(0)} exposures={reader.GetInt64(1)} views={reader.GetInt64(2)}"));
        }
        finally
        {
            Directory.Delete(spill, recursive: true);
        }
        return 0;
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is ours, the folder is the caller's own
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
