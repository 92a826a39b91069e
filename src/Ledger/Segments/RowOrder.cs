namespace WhoSaw.Ledger;

/// <summary>
/// The order of a segment: time, file, offset, and for the people of one request the order in which they came.
/// </summary>
internal static class RowOrder
{
    /// <summary>
    /// The numbers of the buffer's rows in the order of the segment, in the front of <paramref name="order"/>.
    /// </summary>
    public static void Fill(RowBuffer rows, int[] order)
    {
        var numbers = order.AsSpan(0, rows.Count);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        var time = rows.Time.AsSpan(0, rows.Count);
        if (!IsAscending(time))
        {
            var keys = time.ToArray();
            keys.AsSpan().Sort(numbers);
        }
        for (var start = 0; start < numbers.Length;)
        {
            var end = start + 1;
            while (end < numbers.Length && time[numbers[end]] == time[numbers[start]])
                end++;
            if (end - start > 1)
                SortTies(numbers[start..end], rows.File, rows.Offset);
            start = end;
        }
    }

    private static bool IsAscending(ReadOnlySpan<long> time)
    {
        for (var i = 1; i < time.Length; i++)
            if (time[i] < time[i - 1])
                return false;
        return true;
    }

    private static void SortTies(Span<int> rows, int[] file, long[] offset)
    {
        var sorted = true;
        for (var i = 1; i < rows.Length && sorted; i++)
            sorted = Compare(rows[i - 1], rows[i], file, offset) < 0;
        if (!sorted)
            rows.Sort((left, right) => Compare(left, right, file, offset));
    }

    private static int Compare(int left, int right, int[] file, long[] offset)
    {
        var byFile = file[left].CompareTo(file[right]);
        if (byFile != 0)
            return byFile;
        var byOffset = offset[left].CompareTo(offset[right]);
        return byOffset != 0 ? byOffset : left.CompareTo(right);
    }
}
