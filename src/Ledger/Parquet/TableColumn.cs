using ParquetSharp;
using ParquetSharp.Schema;

namespace WhoSaw.Ledger;

/// <summary>One column of a Parquet file of the ledger: where its values are and how they are best stored.</summary>
internal abstract class TableColumn(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether row groups carry smallest and largest value, so that a reader may skip them.</summary>
    public bool Statistics { get; init; }
    public int Level { get; init; } = 1;

    /// <summary>
    /// The share of different values among all, up to which a dictionary is smaller than the other encoding.
    /// </summary>
    public double DictionaryShare { get; init; }

    protected abstract ParquetSharp.Encoding Plainer { get; }

    public abstract Node ToNode();

    /// <summary>Writes the rows from <paramref name="start"/> into the group's next column.</summary>
    public abstract void Write(RowGroupWriter group, int start, int count);

    /// <summary>True when the first row group's values repeat often enough; decides for the whole file.</summary>
    protected abstract bool Repeats(int count);

    public void Configure(WriterPropertiesBuilder builder, int firstGroup)
    {
        builder.CompressionLevel(Name, Level);
        if (Statistics)
            builder.EnableStatistics(Name);
        if (DictionaryShare > 0 && Repeats(firstGroup))
            builder.EnableDictionary(Name);
        else
            builder.DisableDictionary(Name).Encoding(Name, Plainer);
    }
}

/// <summary>Row-sized scratch that the columns of one writer share.</summary>
internal sealed class TableScratch(int rows)
{
    public long[] Longs { get; } = new long[rows];
    public long[] Present { get; } = new long[rows];
    public int[] Ints { get; } = new int[rows];
    public short[] Levels { get; } = new short[rows];
    public ByteArray[] Texts { get; } = new ByteArray[rows];
    public TextArena Arena { get; } = new();
    public KeyMap Map { get; } = new();
    public DistinctCounter Distinct { get; } = new();
}
