using ParquetSharp;

namespace WhoSaw.Ledger.Tests;

/// <summary>A segment as any reader of Parquet sees it: one dictionary a row.</summary>
internal static class StoredRecords
{
    public static List<Dictionary<string, object?>> Read(string path)
    {
        using var reader = new ParquetFileReader(path);
        var rows = new List<Dictionary<string, object?>>();
        for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
        {
            using var groupReader = reader.RowGroup(group);
            var first = rows.Count;
            for (var row = 0L; row < groupReader.MetaData.NumRows; row++)
                rows.Add([]);
            for (var column = 0; column < reader.FileMetaData.NumColumns; column++)
            {
                var name = reader.FileMetaData.Schema.Column(column).Name;
                using var columnReader = groupReader.Column(column).LogicalReader();
                var row = first;
                foreach (var value in columnReader.Apply(new AllValues((int)groupReader.MetaData.NumRows)))
                    rows[row++][name] = value;
            }
        }
        return rows;
    }

    private sealed class AllValues(int rows) : ILogicalColumnReaderVisitor<IEnumerable<object?>>
    {
        public IEnumerable<object?> OnLogicalColumnReader<T>(LogicalColumnReader<T> columnReader) =>
            [.. columnReader.ReadAll(rows).Cast<object?>()];
    }
}
