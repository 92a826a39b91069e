using ParquetSharp;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger;

internal delegate void FillKeys(int start, Span<int> keys);

internal delegate ReadOnlySpan<byte> TextOfKey(int key);

internal delegate void WarmKeys(ReadOnlySpan<int> keys);

/// <summary>A column of strings that come as keys: equal keys are equal texts; key 0 is no text.</summary>
internal sealed class TextColumn(string name, TableScratch scratch, FillKeys fill, TextOfKey text) : TableColumn(name)
{
    private const int WarmBlock = 128;
    private bool _repeats;

    public bool Required { get; init; }

    protected override ParquetSharp.Encoding Plainer => ParquetSharp.Encoding.DeltaLengthByteArray;

    public override Node ToNode() => new PrimitiveNode(
        Name, Required ? Repetition.Required : Repetition.Optional, LogicalType.String(), PhysicalType.ByteArray);

    /// <summary>Brings the texts of some keys near, where they lie scattered in memory.</summary>
    public WarmKeys? Warm { get; init; }

    protected override bool Repeats(int count)
    {
        var keys = scratch.Ints.AsSpan(0, count);
        fill(0, keys);
        var present = 0;
        foreach (var key in keys)
            if (key != 0)
                scratch.Longs[present++] = key;
        var limit = (int)Math.Max(1, present * DictionaryShare);
        return _repeats = scratch.Distinct.AtMost(scratch.Longs.AsSpan(0, present), limit);
    }

    public override void Write(RowGroupWriter group, int start, int count)
    {
        var keys = scratch.Ints.AsSpan(0, count);
        fill(start, keys);
        scratch.Arena.Clear();
        var levels = scratch.Levels.AsSpan(0, count);
        for (var i = 0; i < keys.Length; i++)
            levels[i] = keys[i] == 0 ? (short)0 : (short)1;
        var kept = _repeats ? Repeated(keys) : Each(keys);
        using var column = (ColumnWriter<ByteArray>)group.NextColumn();
        if (Required)
            column.WriteBatch(scratch.Texts.AsSpan(0, kept));
        else
            column.WriteBatch(count, levels, default, scratch.Texts.AsSpan(0, kept));
    }

    private int Repeated(ReadOnlySpan<int> keys)
    {
        scratch.Map.Clear();
        var texts = scratch.Texts;
        var (kept, lastKey, last) = (0, 0, default(ByteArray));
        foreach (var key in keys)
        {
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
        return kept;
    }

    private int Each(ReadOnlySpan<int> keys)
    {
        var texts = scratch.Texts;
        var kept = 0;
        for (var start = 0; start < keys.Length; start += WarmBlock)
        {
            var block = keys[start..Math.Min(keys.Length, start + WarmBlock)];
            Warm?.Invoke(block);
            foreach (var key in block)
                if (key != 0)
                    texts[kept++] = scratch.Arena.Add(text(key));
        }
        return kept;
    }
}
