using ParquetSharp;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Columns;

/// <summary>Accounts on their way to DuckDB, which joins them with the directory of people.</summary>
internal static class AccountFile
{
    private const int GroupRows = 1 << 17;

    public static void Write(string path, IEnumerable<CountedAccount> accounts)
    {
        using var file = new ParquetFileWriter(path,
        [
            new Column<long>("subject"), new Column<long>("mask"), new Column<long>("others_mask"),
            new Column<long>("others"),
        ], Compression.Lz4);
        var columns = Enumerable.Range(0, 4).Select(_ => new long[GroupRows]).ToArray();
        var count = 0;
        foreach (var account in accounts)
        {
            (columns[0][count], columns[1][count]) = (account.Subject, account.Mask);
            (columns[2][count], columns[3][count]) = (account.OthersMask, account.Others);
            if (++count == GroupRows)
                Flush(file, columns, ref count);
        }
        Flush(file, columns, ref count);
        file.Close();
    }

    private static void Flush(ParquetFileWriter file, long[][] columns, ref int count)
    {
        using var group = file.AppendRowGroup();
        foreach (var column in columns)
        {
            using var writer = group.NextColumn().LogicalWriter<long>();
            writer.WriteBatch(column.AsSpan(0, count));
        }
        count = 0;
    }
}
