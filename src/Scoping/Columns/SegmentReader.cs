using ParquetSharp;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Reads a segment's row groups as vectors, only those columns that are asked for. One thread; the memory goes from
/// segment to segment.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly Dictionary<string, NumberVector> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextVector> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly PointerMemo _memo = new();
    private readonly NetworkTexts _networks = new();
    private ParquetFileReader? _file;
    private RowGroupReader? _group;
    private string? _path;
    private short[] _levels = [];
    private int[] _narrow = [];
    private ByteArray[] _bytes = [];

    /// <summary>Rows of the row group at hand.</summary>
    public int Rows { get; private set; }

    /// <summary>Opens a segment, unless it is open; its number of row groups.</summary>
    public int Open(string path)
    {
        if (path == _path)
            return _file!.FileMetaData.NumRowGroups;
        Close();
        _file = OpenFile(path);
        _columns.Clear();
        for (var column = 0; column < _file.FileMetaData.NumColumns; column++)
            _columns[_file.FileMetaData.Schema.Column(column).Name] = column;
        _path = path;
        return _file.FileMetaData.NumRowGroups;
    }

    private static ParquetFileReader OpenFile(string path)
    {
        try
        {
            return new ParquetFileReader(path);
        }
        catch (ParquetException fault)
        {
            throw new ScopeResourceException(
                $"{Path.GetFileName(path)} of the ledger does not read: ask 'whosaw ledger verify' about it", fault);
        }
    }

    public void Enter(int group)
    {
        _group?.Dispose();
        _group = _file!.RowGroup(group);
        Rows = checked((int)_group.MetaData.NumRows);
        _read.Clear();
        if (_levels.Length < Rows)
            (_levels, _narrow, _bytes) = (new short[Rows], new int[Rows], new ByteArray[Rows]);
    }

    /// <summary>The smallest and the largest value by the file's own statistics; null where it keeps none.</summary>
    public (long Least, long Most)? Range(string column)
    {
        using var chunk = _group!.MetaData.GetColumnChunkMetaData(_columns[column]);
        using var statistics = chunk.Statistics;
        return statistics switch
        {
            Statistics<long> { HasMinMax: true } wide => (wide.Min, wide.Max),
            Statistics<int> { HasMinMax: true } narrow => (narrow.Min, narrow.Max),
            _ => null,
        };
    }

    /// <summary>False for a column that the segment's version does not have.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    public NumberVector Numbers(string column)
    {
        if (!_numbers.TryGetValue(column, out var vector))
            _numbers[column] = vector = new NumberVector();
        if (!_read.Add(column))
            return vector;
        vector.Size(Rows);
        using var reader = _group!.Column(_columns[column]);
        var present = reader switch
        {
            ColumnReader<long> wide => Fill(wide, vector.Values),
            ColumnReader<int> narrow => Widen(Fill(narrow, _narrow), vector.Values),
            _ => throw new InvalidDataException($"the column {column} of a segment holds no whole numbers"),
        };
        vector.HasNulls = present < Rows;
        if (vector.HasNulls)
            Spread(vector, present);
        return vector;
    }

    public TextVector Texts(string column)
    {
        if (!_texts.TryGetValue(column, out var vector))
            _texts[column] = vector = new TextVector();
        if (!_read.Add(column))
            return vector;
        vector.Size(Rows);
        vector.Texts.Rest();
        if (column == "network")
        {
            _networks.Fill(vector, Stored("network", StoredNetwork), Texts("client"), Rows);
            return vector;
        }
        return Stored(column, vector);
    }

    public void Dispose() => Close();

    private TextVector StoredNetwork { get; } = new();

    private TextVector Stored(string column, TextVector vector)
    {
        vector.Size(Rows);
        using var reader = (ColumnReader<ByteArray>)_group!.Column(_columns[column]);
        var (read, values) = (0, 0);
        while (read < Rows)
        {
            var levels = Levels(reader, read);
            var rows = (int)reader.ReadBatch(Rows - read, levels, default, _bytes.AsSpan(values), out var got);
            if (rows == 0)
                throw new InvalidDataException($"the column {column} of a segment ends too early");
            // The memory behind the values lives until the next batch is read.
            _memo.Fill(_bytes.AsSpan(values, (int)got), vector.Numbers.AsSpan(values), vector.Texts);
            (read, values) = (read + rows, values + (int)got);
        }
        if (values < Rows)
            for (int row = Rows - 1, value = values; row >= 0; row--)
                vector.Numbers[row] = _levels[row] > 0 ? vector.Numbers[--value] : 0;
        return vector;
    }

    private Span<short> Levels(ColumnReader reader, int from) =>
        reader.ColumnDescriptor.MaxDefinitionLevel == 0 ? default : _levels.AsSpan(from);

    private int Fill<T>(ColumnReader<T> reader, T[] into)
        where T : unmanaged, IEquatable<T>, IComparable<T>
    {
        var (read, values) = (0, 0);
        while (read < Rows)
        {
            var rows = (int)reader.ReadBatch(
                Rows - read, Levels(reader, read), default, into.AsSpan(values), out var got);
            if (rows == 0)
                throw new InvalidDataException("a column of a segment ends too early");
            (read, values) = (read + rows, values + (int)got);
        }
        return values;
    }

    private int Widen(int count, long[] into)
    {
        for (var i = 0; i < count; i++)
            into[i] = _narrow[i];
        return count;
    }

    private void Spread(NumberVector vector, int count)
    {
        for (var row = Rows - 1; row >= 0; row--)
        {
            var present = _levels[row] > 0;
            vector.Present[row] = present ? (byte)1 : (byte)0;
            vector.Values[row] = present ? vector.Values[--count] : 0;
        }
    }

    private void Close()
    {
        _group?.Dispose();
        _file?.Dispose();
        (_group, _file, _path) = (null, null, null);
    }
}
