namespace WhoSaw.Ledger;

/// <summary>A column of whole numbers in one row group. Reused for the next row group.</summary>
public sealed class NumberVector
{
    /// <summary>By row; means nothing where there is no value.</summary>
    public long[] Values { get; private set; } = [];

    /// <summary>1 where there is a value; means nothing unless <see cref="HasNulls"/>.</summary>
    public byte[] Present { get; private set; } = [];

    public bool HasNulls { get; private set; }

    public long? this[int row] => HasNulls && Present[row] == 0 ? null : Values[row];

    /// <summary>Makes room for so many rows; all are present then.</summary>
    public void Clear(int rows)
    {
        HasNulls = false;
        if (Values.Length < rows)
            (Values, Present) = (new long[rows], new byte[rows]);
    }

    /// <summary>
    /// Puts the values of some rows, which lie side by side from <paramref name="start"/> on, where
    /// <see cref="Present"/> says that a row has one.
    /// </summary>
    /// <param name="values">How many there are.</param>
    public void Spread(int start, int rows, int values)
    {
        if (!HasNulls)
            Present.AsSpan(0, start).Fill(1);
        HasNulls = true;
        var present = Present.AsSpan(start, rows);
        var all = Values.AsSpan(start, rows);
        for (var row = rows - 1; row >= 0; row--)
            all[row] = present[row] != 0 ? all[--values] : 0;
    }

    /// <summary>Says that so many rows from <paramref name="start"/> on have values, if it matters.</summary>
    public void Fill(int start, int rows)
    {
        if (HasNulls)
            Present.AsSpan(start, rows).Fill(1);
    }
}
