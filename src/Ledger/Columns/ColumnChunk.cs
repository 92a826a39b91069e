namespace WhoSaw.Ledger;

/// <summary>A row group: its columns in the order of the schema.</summary>
internal sealed class ColumnGroup
{
    public int Rows { get; set; }
    public List<ColumnChunk> Chunks { get; } = [];
}

/// <summary>A column of one row group: where its pages lie.</summary>
internal sealed class ColumnChunk
{
    public ColumnType Type { get; set; }
    public ColumnCodec Codec { get; set; }
    public long Values { get; set; }

    /// <summary>Bytes of all pages, as they lie in the file.</summary>
    public long Length { get; set; }
    public long DataAt { get; set; }
    public long DictionaryAt { get; set; }
    public bool IsElsewhere { get; set; }

    /// <summary>Of whole numbers; null where the file does not keep it.</summary>
    public (long Least, long Most)? Range { get; set; }

    public long Start => DictionaryAt > 0 && DictionaryAt < DataAt ? DictionaryAt : DataAt;
}

/// <summary>The physical types of Parquet that a segment has; others have other numbers.</summary>
internal enum ColumnType
{
    Int32 = 1,
    Int64 = 2,
    Bytes = 6,
}

internal enum ColumnCodec
{
    None = 0,
    Zstd = 6,
}
