using System.Globalization;
using DuckDB.NET.Data;

namespace WhoSaw.Bench.Measuring;

/// <summary>How many bytes a record takes in a ledger's segments, column by column.</summary>
public static class SizesVerb
{
    public static int Run(Arguments arguments)
    {
        if (arguments.Words is not [var ledger])
            throw new UsageException("sizes takes the folder of a ledger");
        Console.Write(Table(ledger));
        return 0;
    }

    public static string Table(string ledger)
    {
        var segments = Path.Combine(ledger, "segments");
        var files = Directory.Exists(segments)
            ? Directory.GetFiles(segments, "*.parquet", SearchOption.AllDirectories)
            : [];
        if (files.Length == 0)
            throw new MeasurementException($"{ledger} holds no segment");
        var bytes = files.Sum(file => new FileInfo(file).Length);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var pattern = Path.Combine(segments, "**", "*.parquet").Replace("'", "''", StringComparison.Ordinal);
        command.CommandText = $"""
            SELECT path_in_schema, sum(total_compressed_size)::BIGINT, sum(num_values)::BIGINT,
                   string_agg(DISTINCT encodings, ' / ' ORDER BY encodings)
            FROM parquet_metadata('{pattern}') GROUP BY 1 ORDER BY 2 DESC
            """;
        using var reader = command.ExecuteReader();
        var rows = "";
        long records = 1, columns = 0;
        while (reader.Read())
        {
            records = Math.Max(records, reader.GetInt64(2));
            columns += reader.GetInt64(1);
            var each = reader.GetInt64(1) / (double)reader.GetInt64(2);
            rows += string.Create(CultureInfo.InvariantCulture,
                $"| {reader.GetString(0)} | {each:0.000} | {reader.GetString(3)} |\n");
        }
        double Each(long size) => size / (double)records;
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            {records:#,0} records in {files.Length} segments, {bytes:#,0} bytes: {Each(bytes):0.00} bytes a record

            | column | bytes a record | encodings |
            |---|--:|---|
            {rows}| footers and pages' heads | {Each(bytes - columns):0.000} | |

            """);
    }
}
