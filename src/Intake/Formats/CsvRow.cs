namespace WhoSaw.Intake.Formats;

/// <summary>The columns of a CSV row as slices, quotes off; a doubled quote inside still stands twice.</summary>
internal sealed class CsvRow
{
    private const int Most = 64;
    private readonly int[] _start = new int[Most];
    private readonly int[] _length = new int[Most];
    private readonly bool[] _doubled = new bool[Most];

    public int Count { get; private set; }

    /// <summary>False when a quote is left open or does not end its column.</summary>
    public bool TrySplit(ReadOnlySpan<byte> text)
    {
        Count = 0;
        for (var at = 0; at <= text.Length && Count < Most;)
        {
            if (at < text.Length && text[at] == '"')
            {
                if (!TryQuoted(text, ref at))
                    return false;
                continue;
            }
            var length = text[at..].IndexOf((byte)',');
            if (length < 0)
                length = text.Length - at;
            Add(at, length, false);
            at += length + 1;
        }
        return true;
    }

    public int Start(int column) => _start[column];

    public int Length(int column) => _length[column];

    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> row, int column) =>
        column < Count ? row.Slice(_start[column], _length[column]) : default;

    /// <summary>Sets a field from a column of the row, which begins in the line at <paramref name="offset"/>.</summary>
    public void Set(LineFields fields, LineField field, ReadOnlySpan<byte> row, int column, int offset)
    {
        if (column >= Count || _length[column] == 0)
            return;
        if (!_doubled[column])
        {
            if (offset >= 0)
                fields.SetSlice(field, offset + _start[column], _length[column]);
            else
                fields.SetText(field, Text(row, column));
            return;
        }
        var room = fields.Reserve(_length[column]);
        fields.Commit(field, Undouble(Text(row, column), room));
    }

    public static int Undouble(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            result[written++] = text[at];
            if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                at++;
        }
        return written;
    }

    private bool TryQuoted(ReadOnlySpan<byte> text, ref int at)
    {
        var from = at + 1;
        var doubled = false;
        for (var quote = from; ; quote += 2)
        {
            var step = quote > text.Length ? -1 : text[quote..].IndexOf((byte)'"');
            if (step < 0)
                return false;
            quote += step;
            if (quote + 1 < text.Length && text[quote + 1] == '"')
            {
                doubled = true;
                continue;
            }
            if (quote + 1 < text.Length && text[quote + 1] != ',')
                return false;
            Add(from, quote - from, doubled);
            at = quote + 2;
            return true;
        }
    }

    private void Add(int start, int length, bool doubled)
    {
        _start[Count] = start;
        _length[Count] = length;
        _doubled[Count] = doubled;
        Count++;
    }
}
