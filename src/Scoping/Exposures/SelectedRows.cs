namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// Rows that showed something, gathered from row groups by one thread and then put side by side by part. Reused.
/// </summary>
internal sealed class SelectedRows(ScanTime times)
{
    private readonly int[] _ends = new int[ExposureParts.Number];
    private long[] _subjects = [];
    private ulong[] _packed = [];
    private ushort[] _parts = [];
    private ShownRow[] _sorted = [];
    private int _count;

    /// <summary>
    /// Takes the rows whose class is odd. Written without a branch: which rows match is what no processor guesses.
    /// </summary>
    /// <param name="pairs">By row; of no meaning where the row does not match.</param>
    public void Add(
        ReadOnlySpan<byte> classes, ReadOnlySpan<long> subjects, ReadOnlySpan<long> time, ReadOnlySpan<int> pairs)
    {
        Grow(_count + classes.Length);
        subjects = subjects[..classes.Length];
        time = time[..classes.Length];
        pairs = pairs[..classes.Length];
        var (toSubjects, toPacked) = (_subjects, _packed);
        var count = _count;
        for (var row = 0; row < classes.Length; row++)
        {
            toSubjects[count] = subjects[row];
            toPacked[count] = times.Pack(time[row], pairs[row]);
            count += classes[row] & 1;
        }
        _count = count;
    }

    /// <summary>To be called before <see cref="Of"/>.</summary>
    public void Sort()
    {
        if (_parts.Length < _count)
            (_parts, _sorted) = (new ushort[_subjects.Length], new ShownRow[_subjects.Length]);
        Array.Clear(_ends);
        for (var row = 0; row < _count; row++)
        {
            var part = ExposureParts.PartOf(_subjects[row]);
            _parts[row] = (ushort)part;
            _ends[part]++;
        }
        var start = 0;
        for (var part = 0; part < _ends.Length; part++)
            (_ends[part], start) = (start, start + _ends[part]);
        var (sorted, packed) = (_sorted, _packed);
        for (var row = 0; row < _count; row++)
            sorted[_ends[_parts[row]]++] = new ShownRow(_subjects[row], packed[row]);
        _count = 0;
    }

    public ReadOnlySpan<ShownRow> Of(int part) => _sorted.AsSpan((part == 0 ? 0 : _ends[part - 1]).._ends[part]);

    private void Grow(int rows)
    {
        // one more: what does not match is written, too, and then written over
        if (_subjects.Length > rows)
            return;
        Array.Resize(ref _subjects, rows + 1);
        Array.Resize(ref _packed, rows + 1);
    }
}
