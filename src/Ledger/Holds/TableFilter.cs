using ParquetSharp;
using ParquetSharp.IO;

namespace WhoSaw.Ledger;

/// <summary>Writes a table of Parquet anew, without some rows, and with some values changed.</summary>
internal sealed class TableFilter(string path)
{
    private const int BatchRows = 4096;

    /// <summary>The value of the column that is to be null from here on, where it stands in a row that stays.</summary>
    public (string Column, long Value)? Forget { get; init; }

    /// <summary>Texts that take the place of others, by row of the file.</summary>
    public (string Column, IReadOnlyDictionary<long, byte[]> Texts)? Replace { get; init; }

    /// <summary>The values of a column of whole numbers; null where there is none.</summary>
    public static long?[] Numbers(string path, string column)
    {
        using var reader = new ParquetFileReader(path);
        var index = Enumerable.Range(0, reader.FileMetaData.NumColumns)
            .First(each => reader.FileMetaData.Schema.Column(each).Name == column);
        var required = reader.FileMetaData.Schema.Column(index).MaxDefinitionLevel == 0;
        var (levels, read) = (new short[BatchRows], new long[BatchRows]);
        var numbers = new List<long?>();
        for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            using var chunk = (ColumnReader<long>)rows.Column(index);
            while (chunk.HasNext)
            {
                var count = chunk.ReadBatch(BatchRows, required ? default : levels, default, read, out var present);
                var next = 0;
                for (var row = 0; row < (required ? present : count); row++)
                    numbers.Add(required || levels[row] == 1 ? read[next++] : null);
            }
        }
        return [.. numbers];
    }

    /// <summary>Copies the rows for which <paramref name="keep"/> is true.</summary>
    public void Write(StagedFile file, string name, bool[] keep)
    {
        try
        {
            using (var reader = new ParquetFileReader(path))
            using (var sink = new ManagedOutputStream(file, leaveOpen: true))
            using (var properties = new WriterPropertiesBuilder()
                .Compression(Compression.Zstd).CompressionLevel(3).CreatedBy("whosaw").Build())
            using (var schema = reader.FileMetaData.Schema.GroupNode)
            using (var writer = new ParquetFileWriter(sink, schema, properties, reader.FileMetaData.KeyValueMetadata))
            {
                long start = 0;
                for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
                {
                    using var rows = reader.RowGroup(group);
                    using var into = writer.AppendRowGroup();
                    for (var column = 0; column < reader.FileMetaData.NumColumns; column++)
                        Copy(rows.Column(column), into.NextColumn(), start, keep);
                    start += rows.MetaData.NumRows;
                }
                writer.Close();
            }
        }
        catch (ParquetException exception)
        {
            throw file.Failure is { } failure
                ? LedgerException.From(failure, name)
                : new LedgerException($"{name} cannot be written anew.", exception);
        }
        file.Complete();
    }

    private void Copy(ColumnReader from, ColumnWriter to, long start, bool[] keep)
    {
        using (from)
        using (to)
        {
            var name = from.ColumnDescriptor.Name;
            switch (from, to)
            {
                case (ColumnReader<long> source, ColumnWriter<long> target):
                    Copy(source, target, start, keep, (_, value) =>
                        Forget is { } forget && forget.Column == name && value == forget.Value ? null : value);
                    break;
                case (ColumnReader<int> source, ColumnWriter<int> target):
                    Copy(source, target, start, keep, (_, value) => value);
                    break;
                case (ColumnReader<ByteArray> source, ColumnWriter<ByteArray> target):
                    var arena = new TextArena();
                    Copy(source, target, start, keep, (row, value) => Text(arena, name, row) ?? value);
                    GC.KeepAlive(arena);
                    break;
                default:
                    throw new LedgerException($"A column {name} of this type is not known.");
            }
        }
    }

    private ByteArray? Text(TextArena arena, string column, long row) =>
        Replace is { } replace && replace.Column == column && replace.Texts.TryGetValue(row, out var text)
            ? arena.Add(text)
            : null;

    // Texts point into the page that was read last, so each batch is written before the next one is read.
    private static void Copy<T>(
        ColumnReader<T> from, ColumnWriter<T> to, long row, bool[] keep, Func<long, T, T?> change)
        where T : unmanaged
    {
        var required = from.ColumnDescriptor.MaxDefinitionLevel == 0;
        var (levels, values) = (new short[BatchRows], new T[BatchRows]);
        var (keptLevels, kept) = (new short[BatchRows], new T[BatchRows]);
        while (from.HasNext)
        {
            var count = (int)from.ReadBatch(BatchRows, required ? default : levels, default, values, out var read);
            count = required ? (int)read : count;
            var (rows, texts, next) = (0, 0, 0);
            for (var i = 0; i < count; i++, row++)
            {
                T? value = required || levels[i] == 1 ? values[next++] : null;
                if (!keep[row])
                    continue;
                value = value is { } present ? change(row, present) : null;
                keptLevels[rows++] = value is null ? (short)0 : (short)1;
                if (value is { } stays)
                    kept[texts++] = stays;
            }
            if (required)
                to.WriteBatch(kept.AsSpan(0, texts));
            else
                to.WriteBatch(rows, keptLevels.AsSpan(0, rows), default, kept.AsSpan(0, texts));
        }
    }
}
