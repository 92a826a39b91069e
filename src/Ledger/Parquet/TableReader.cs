using System.Runtime.InteropServices;
using ParquetSharp;

namespace WhoSaw.Ledger;

/// <summary>Texts of a column: each different one once, by key; key 0 is no text.</summary>
internal sealed record TextKeys(int[] Keys, IReadOnlyList<byte[]?> Texts)
{
    public string? this[int row] => Texts[Keys[row]] is { } text ? System.Text.Encoding.UTF8.GetString(text) : null;
}

/// <summary>Reads columns of a table by their names, one row group at a time.</summary>
internal sealed class TableReader : IDisposable
{
    private const int BatchRows = 4096;
    private readonly ParquetFileReader _file;
    private RowGroupReader? _group;

    /// <summary>Throws <see cref="LedgerException"/> when the file does not read as Parquet.</summary>
    public TableReader(string path, string name)
    {
        try
        {
            _file = new ParquetFileReader(path);
        }
        catch (ParquetException exception)
        {
            throw new LedgerException($"The ledger is corrupt: {name} does not read as Parquet.", exception);
        }
    }

    public int Groups => _file.FileMetaData.NumRowGroups;

    /// <summary>Rows of the group that was opened last.</summary>
    public int Rows { get; private set; }

    public void OpenGroup(int group)
    {
        _group?.Dispose();
        _group = _file.RowGroup(group);
        Rows = checked((int)_group.MetaData.NumRows);
    }

    /// <summary>Whole numbers, as many as rows; all absent in a table that is older than the column.</summary>
    public long[] Longs(string column, long absent = 0)
    {
        var values = new long[Rows];
        if (!Has(column))
        {
            Array.Fill(values, absent);
            return values;
        }
        using var reader = Column(column);
        if (reader is ColumnReader<int> narrow)
            Read(narrow, (row, value) => values[row] = value ?? absent);
        else if (reader.ColumnDescriptor.MaxDefinitionLevel > 0)
            Read((ColumnReader<long>)reader, (row, value) => values[row] = value ?? absent);
        else
            ReadAll((ColumnReader<long>)reader, values);
        return values;
    }

    /// <summary>
    /// A text that repeats lies once in the dictionary of its page: its address tells it from others, for one batch.
    /// </summary>
    public TextKeys Texts(string column)
    {
        var (keys, texts) = (new int[Rows], new List<byte[]?> { null });
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var near = new Dictionary<(nint, int), int>();
        var (last, lastKey) = (default(ByteArray), 0);
        using var reader = (ColumnReader<ByteArray>)Column(column);
        Read(reader, (row, value) =>
        {
            if (value is not { } text)
                return;
            if (lastKey == 0 || text.Pointer != last.Pointer || text.Length != last.Length)
            {
                if (!near.TryGetValue((text.Pointer, text.Length), out lastKey))
                    near[(text.Pointer, text.Length)] = lastKey = KeyOf(text);
                last = text;
            }
            keys[row] = lastKey;
        }, () =>
        {
            near.Clear();
            lastKey = 0;
        });
        return new TextKeys(keys, texts);

        int KeyOf(ByteArray text)
        {
            var bytes = new byte[text.Length];
            Marshal.Copy(text.Pointer, bytes, 0, text.Length);
            var name = System.Text.Encoding.Latin1.GetString(bytes);
            if (!numbers.TryGetValue(name, out var key))
            {
                numbers[name] = key = texts.Count;
                texts.Add(bytes);
            }
            return key;
        }
    }

    public void Dispose()
    {
        _group?.Dispose();
        _file.Dispose();
    }

    private bool Has(string name) => PlaceOf(name) >= 0;

    private ColumnReader Column(string name) => _group!.Column(PlaceOf(name));

    private int PlaceOf(string name)
    {
        var schema = _file.FileMetaData.Schema;
        return Enumerable.Range(0, schema.NumColumns).Append(-1)
            .First(each => each < 0 || schema.Column(each).Name == name);
    }

    private static void ReadAll(ColumnReader<long> reader, long[] values)
    {
        for (var row = 0; reader.HasNext;)
        {
            reader.ReadBatch(values.Length - row, default, default, values.AsSpan(row), out var read);
            row += (int)read;
        }
    }

    private static void Read<T>(ColumnReader<T> reader, Action<int, T?> take, Action? begin = null)
        where T : unmanaged
    {
        var required = reader.ColumnDescriptor.MaxDefinitionLevel == 0;
        var (levels, values, row) = (new short[BatchRows], new T[BatchRows], 0);
        while (reader.HasNext)
        {
            begin?.Invoke();
            var count = reader.ReadBatch(BatchRows, required ? default : levels, default, values, out var present);
            count = required ? present : count;
            var next = 0;
            for (var i = 0; i < count; i++)
                take(row++, required || levels[i] == 1 ? values[next++] : null);
        }
    }
}
