namespace WhoSaw.Scoping.Columns;

/// <summary>A column of numbers in one row group. Reused for the next row group.</summary>
internal sealed class NumberVector
{
    public long[] Values { get; private set; } = [];

    /// <summary>1 where there is a value; the values elsewhere mean nothing.</summary>
    public byte[] Present { get; private set; } = [];

    /// <summary>False: all are present, and <see cref="Present"/> means nothing.</summary>
    public bool HasNulls { get; set; }

    public long? this[int row] => HasNulls && Present[row] == 0 ? null : Values[row];

    public void Size(int rows)
    {
        if (Values.Length < rows)
            (Values, Present) = (new long[rows], new byte[rows]);
    }
}

/// <summary>A column of texts in one row group, by their numbers in <see cref="Texts"/>; 0 is no text.</summary>
internal sealed class TextVector
{
    public int[] Numbers { get; private set; } = [];
    public TextTable Texts { get; } = new();

    public void Size(int rows)
    {
        if (Numbers.Length < rows)
            Numbers = new int[rows];
    }
}
