using ParquetSharp;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger;

internal delegate void FillKeys(int start, Span<int> keys);

internal delegate ReadOnlySpan<byte> TextOfKey(int key);

/// <summary>A column of strings that come as keys: equal keys are equal texts; key 0 is no text.</summary>
internal sealed class TextColumn(string name, TableScratch scratch, FillKeys fill, TextOfKey text) : TableColumn(name)
{
    public bool Required { get; init; }

    protected override ParquetSharp.Encoding Plainer => ParquetSharp.Encoding.DeltaLengthByteArray;

    public override Node ToNode() => new PrimitiveNode(
        Name, Required ? Repetition.Required : Repetition.Optional, LogicalType.String(), PhysicalType.ByteArray);

    protected override bool Repeats(int count)
    {
        var keys = scratch.Ints.AsSpan(0, count);
        fill(0, keys);
        var present = 0;
        foreach (var key in keys)
            if (key != 0)
                scratch.Longs[present++] = key;
        var limit = (int)Math.Max(1, present * DictionaryShare);
        return scratch.Distinct.AtMost(scratch.Longs.AsSpan(0, present), limit);
    }

    public override void Write(RowGroupWriter group, int start, int count)
    {
        var keys = scratch.Ints.AsSpan(0, count);
        fill(start, keys);
        scratch.Arena.Clear();
        scratch.Map.Clear();
        var levels = scratch.Levels.AsSpan(0, count);
        var texts = scratch.Texts.AsSpan(0, count);
        var (kept, lastKey, last) = (0, 0, default(ByteArray));
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            levels[i] = key == 0 ? (short)0 : (short)1;
            if (key == 0)
                continue;
            if (key != lastKey)
            {
                ref var known = ref scratch.Map.At(key, out var added);
                if (added)
                    known = scratch.Arena.Add(text(key));
                (lastKey, last) = (key, known);
            }
            texts[kept++] = last;
        }
        using var column = (ColumnWriter<ByteArray>)group.NextColumn();
        if (Required)
            column.WriteBatch(texts[..kept]);
        else
            column.WriteBatch(count, levels, default, texts[..kept]);
    }
}
