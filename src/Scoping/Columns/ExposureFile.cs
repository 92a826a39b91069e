using ParquetSharp;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Exposures as Parquet: <c>account, operation, fields, first, last, views</c>, times as UTC timestamps. The same
/// exposures give the same bytes. Throws <see cref="IOException"/> where the path cannot be written.
/// </summary>
internal static class ExposureFile
{
    private const int GroupRows = 1 << 17;

    public static void Write(string path, IEnumerable<Exposure> exposures)
    {
        try
        {
            WriteGroups(path, exposures);
        }
        catch (ParquetException fault)
        {
            throw new IOException($"{path} could not be written: {fault.Message}", fault);
        }
    }

    private static void WriteGroups(string path, IEnumerable<Exposure> exposures)
    {
        var moment = LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Micros);
        using var file = new ParquetFileWriter(path,
        [
            new Column<string>("account"), new Column<string>("operation"), new Column<string>("fields"),
            new Column<DateTime>("first", moment), new Column<DateTime>("last", moment), new Column<long>("views"),
        ], Compression.Zstd);
        foreach (var chunk in exposures.Chunk(GroupRows))
        {
            using var group = file.AppendRowGroup();
            Write(group, chunk, row => row.Account);
            Write(group, chunk, row => row.Operation);
            Write(group, chunk, row => row.Fields);
            Write(group, chunk, row => row.First.ToUtc().UtcDateTime);
            Write(group, chunk, row => row.Last.ToUtc().UtcDateTime);
            Write(group, chunk, row => row.Views);
        }
        file.Close();
    }

    private static void Write<T>(RowGroupWriter group, Exposure[] rows, Func<Exposure, T> value)
    {
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(Array.ConvertAll(rows, row => value(row)));
    }
}
