using DuckDB.NET.Data;

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// The peer for parsing: DuckDB reads the same lines and takes them apart with one regular expression.
/// </summary>
public static class DuckDbVerb
{
    private const string Pattern =
        """^(\S+) \S+ (\S+) \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\S+) "([^"]*)" "([^"]*)"$""";

    public static int Run(Arguments arguments)
    {
        if (arguments.Words is not [var file])
            throw new UsageException("duckdb takes one file");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        // no quote and a delimiter that never occurs: a line is one value
        command.CommandText = $"""
            SELECT count(*), sum(length(f.client) + length(f.time) + length(f.target) + length(f.agent)), max(f.status)
            FROM (
              SELECT regexp_extract(line, '{Pattern}',
                ['client', 'user', 'time', 'method', 'target', 'status', 'bytes', 'referrer', 'agent']) AS f
              FROM read_csv('{file.Replace("'", "''", StringComparison.Ordinal)}', columns = {"{'line': 'VARCHAR'}"},
                delim = chr(1), quote = '', escape = '', header = false, auto_detect = false)
            )
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        Console.WriteLine($"{reader.GetInt64(0)} lines");
        return reader.IsDBNull(2) ? 1 : 0;
    }
}
