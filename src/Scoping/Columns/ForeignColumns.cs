using System.Runtime.InteropServices;
using ParquetSharp;
using WhoSaw.Ledger;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Reads by ParquetSharp what <see cref="ColumnFile"/> does not know, of a row group at a time. One thread.
/// </summary>
internal sealed class ForeignColumns(string path) : IDisposable
{
    private readonly ParquetFileReader _file = new(path);
    private readonly Dictionary<(nint Place, int Length), int> _near = [];
    private short[] _levels = [];
    private int[] _narrow = [];
    private ByteArray[] _bytes = [];
    private byte[] _copy = [];

    public int Groups => _file.FileMetaData.NumRowGroups;

    public bool Has(string column) => Find(column) >= 0;

    public int Rows(int group)
    {
        using var reader = _file.RowGroup(group);
        return checked((int)reader.MetaData.NumRows);
    }

    /// <summary>The smallest and the largest value by the file's own statistics; null where it keeps none.</summary>
    public (long Least, long Most)? Range(int group, string column)
    {
        using var reader = _file.RowGroup(group);
        using var chunk = reader.MetaData.GetColumnChunkMetaData(PlaceOf(column));
        using var statistics = chunk.Statistics;
        return statistics switch
        {
            Statistics<long> { HasMinMax: true } wide => (wide.Min, wide.Max),
            Statistics<int> { HasMinMax: true } narrow => (narrow.Min, narrow.Max),
            _ => null,
        };
    }

    public void Read(int group, string column, NumberVector into)
    {
        using var rows = _file.RowGroup(group);
        using var reader = rows.Column(PlaceOf(column));
        var count = Size(rows);
        into.Clear(count);
        var values = reader switch
        {
            ColumnReader<long> wide => Fill(wide, into.Values, count),
            ColumnReader<int> narrow => Widen(Fill(narrow, _narrow, count), into.Values),
            _ => throw new InvalidDataException($"the column {column} of a segment holds no whole numbers"),
        };
        if (values == count)
            return;
        for (var row = 0; row < count; row++)
            into.Present[row] = (byte)_levels[row];
        into.Spread(0, count, values);
    }

    public void Read(int group, string column, TextVector into)
    {
        using var rows = _file.RowGroup(group);
        using var reader = rows.Column(PlaceOf(column)) as ColumnReader<ByteArray>
            ?? throw new InvalidDataException($"the column {column} of a segment holds no texts");
        var count = Size(rows);
        into.Clear(count);
        for (var row = 0; row < count;)
        {
            var levels = Levels(reader, 0);
            var read = (int)reader.ReadBatch(count - row, levels, default, _bytes, out _);
            if (read == 0)
                throw new InvalidDataException($"the column {column} of a segment ends too early");
            // The memory behind the values lives until the next batch is read.
            _near.Clear();
            var value = 0;
            for (var i = 0; i < read; i++)
                into.Set(row++, levels.IsEmpty || levels[i] > 0 ? NumberOf(_bytes[value++], into) : 0);
        }
    }

    public void Dispose() => _file.Dispose();

    private int PlaceOf(string name) => Find(name) is >= 0 and var place ? place
        : throw new InvalidDataException($"a segment has no column {name}");

    private int Find(string name)
    {
        var schema = _file.FileMetaData.Schema;
        return Enumerable.Range(0, schema.NumColumns).Append(-1)
            .First(each => each < 0 || schema.Column(each).Name == name);
    }

    private int Size(RowGroupReader group)
    {
        var rows = checked((int)group.MetaData.NumRows);
        if (_levels.Length < rows)
            (_levels, _narrow, _bytes) = (new short[rows], new int[rows], new ByteArray[rows]);
        return rows;
    }

    // Within one batch the same place in memory is the same text: a dictionary's.
    private int NumberOf(ByteArray text, TextVector into)
    {
        if (_near.TryGetValue((text.Pointer, text.Length), out var number))
            return number;
        if (_copy.Length < text.Length)
            _copy = new byte[text.Length * 2];
        if (text.Length > 0)
            Marshal.Copy(text.Pointer, _copy, 0, text.Length);
        return _near[(text.Pointer, text.Length)] = into.Add(_copy.AsSpan(0, text.Length));
    }

    private Span<short> Levels(ColumnReader reader, int from) =>
        reader.ColumnDescriptor.MaxDefinitionLevel == 0 ? default : _levels.AsSpan(from);

    private int Fill<T>(ColumnReader<T> reader, T[] into, int count)
        where T : unmanaged, IEquatable<T>, IComparable<T>
    {
        var (read, values) = (0, 0);
        while (read < count)
        {
            var rows = (int)reader.ReadBatch(
                count - read, Levels(reader, read), default, into.AsSpan(values), out var got);
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
}
