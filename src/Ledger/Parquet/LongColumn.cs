using ParquetSharp;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger;

internal delegate void FillLongs(int start, Span<long> values);

/// <summary>A column of integers.</summary>
internal sealed class LongColumn(string name, TableScratch scratch, FillLongs fill) : TableColumn(name)
{
    /// <summary>The value that stands for no value; null when there always is one.</summary>
    public long? Absent { get; init; }
    public LogicalType Logical { get; init; } = LogicalType.None();
    public ParquetSharp.Encoding Otherwise { get; init; } = ParquetSharp.Encoding.DeltaBinaryPacked;

    /// <summary>Stored as 32 bits.</summary>
    public bool Narrow { get; init; }

    protected override ParquetSharp.Encoding Plainer => Otherwise;

    public override Node ToNode() => new PrimitiveNode(
        Name,
        Absent is null ? Repetition.Required : Repetition.Optional,
        Logical,
        Narrow ? PhysicalType.Int32 : PhysicalType.Int64);

    protected override bool Repeats(int count)
    {
        var values = Present(0, count);
        return scratch.Distinct.AtMost(values, (int)Math.Max(1, values.Length * DictionaryShare));
    }

    public override void Write(RowGroupWriter group, int start, int count)
    {
        var values = Present(start, count);
        using var column = group.NextColumn();
        if (Narrow)
        {
            var narrow = scratch.Ints.AsSpan(0, values.Length);
            for (var i = 0; i < values.Length; i++)
                narrow[i] = (int)values[i];
            Write<int>((ColumnWriter<int>)column, count, narrow);
        }
        else
        {
            Write((ColumnWriter<long>)column, count, values);
        }
    }

    private void Write<T>(ColumnWriter<T> column, int count, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (Absent is null)
            column.WriteBatch(values);
        else
            column.WriteBatch(count, scratch.Levels.AsSpan(0, count), default, values);
    }

    /// <summary>The values that are there; sets the definition levels of all rows.</summary>
    private ReadOnlySpan<long> Present(int start, int count)
    {
        var all = scratch.Longs.AsSpan(0, count);
        fill(start, all);
        if (Absent is not { } absent)
            return all;
        var levels = scratch.Levels.AsSpan(0, count);
        var present = scratch.Present.AsSpan(0, count);
        var kept = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var value = all[i];
            var there = value != absent;
            levels[i] = there ? (short)1 : (short)0;
            present[kept] = value;
            kept += there ? 1 : 0;
        }
        return present[..kept];
    }
}
