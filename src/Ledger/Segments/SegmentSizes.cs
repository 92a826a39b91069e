using ParquetSharp;

namespace WhoSaw.Ledger;

/// <summary>What a column of a segment weighs on disk.</summary>
public sealed record ColumnSize(string Column, long Bytes, double BytesPerRecord, string Encodings);

/// <summary>Where the bytes of a Parquet file go.</summary>
public static class SegmentSizes
{
    /// <summary>The columns in their order, compressed; what is left is the footer.</summary>
    public static IReadOnlyList<ColumnSize> Read(string path)
    {
        using var reader = new ParquetFileReader(path);
        var rows = Math.Max(1, reader.FileMetaData.NumRows);
        var sizes = new List<ColumnSize>();
        for (var column = 0; column < reader.FileMetaData.NumColumns; column++)
        {
            var (bytes, encodings) = (0L, new SortedSet<string>(StringComparer.Ordinal));
            for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
            {
                using var groupReader = reader.RowGroup(group);
                using var chunk = groupReader.MetaData.GetColumnChunkMetaData(column);
                bytes += chunk.TotalCompressedSize;
                encodings.UnionWith(chunk.Encodings.Select(encoding => encoding.ToString()));
            }
            var name = reader.FileMetaData.Schema.Column(column).Name;
            sizes.Add(new ColumnSize(name, bytes, (double)bytes / rows, string.Join(' ', encodings)));
        }
        return sizes;
    }
}
