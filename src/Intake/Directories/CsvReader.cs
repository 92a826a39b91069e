namespace WhoSaw.Intake.Directories;

/// <summary>
/// Reads CSV (RFC 4180) row by row out of one buffer: quoted fields, CR LF or LF, a byte order mark, blank lines passed
/// over. Blanks around a field that is not quoted do not count. The fields of a row are valid until the next one.
/// </summary>
internal sealed class CsvReader(Stream stream, int bufferSize = 1 << 20)
{
    /// <summary>The longest row, in bytes.</summary>
    public const int LongestRow = 1 << 20;

    private byte[] _buffer = new byte[bufferSize];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _started;
    private long _nextLine = 1;
    private (int Start, int Length)[] _fields = new (int, int)[16];

    public int Count { get; private set; }

    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    public string? Broken { get; private set; }

    public ReadOnlySpan<byte> this[int field] => _buffer.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>The next row that is not blank; false at the end, or where the file cannot be read on.</summary>
    public bool Read()
    {
        while (Broken is null && TryRow(out var row, out var hasQuote))
        {
            Line = _nextLine;
            Count = 0;
            if (hasQuote)
            {
                if (!ReadQuoted())
                    return false;
                return true;
            }
            _nextLine++;
            _start = Math.Min(row.End + 1, _end);
            var length = row.End - row.Start;
            if (length > 0 && _buffer[row.End - 1] == '\r')
                length--;
            if (_buffer.AsSpan(row.Start, length).Trim((byte)' ').IsEmpty)
                continue;
            Split(row.Start, row.Start + length);
            return true;
        }
        return false;
    }

    // The next line, up to its line feed; more is read as needed.
    private bool TryRow(out (int Start, int End) row, out bool hasQuote)
    {
        row = default;
        hasQuote = false;
        if (!_started)
        {
            _started = true;
            Fill();
            if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
                _start += 3;
        }
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0 && !_atEnd)
            {
                if (!Fill())
                    return false;
                continue;
            }
            if (length < 0 && rest.IsEmpty)
                return false;
            row = (_start, length < 0 ? _end : _start + length);
            hasQuote = _buffer.AsSpan(row.Start, row.End - row.Start).IndexOf((byte)'"') >= 0;
            return true;
        }
    }

    private void Split(int start, int end)
    {
        while (true)
        {
            var comma = _buffer.AsSpan(start, end - start).IndexOf((byte)',');
            var stop = comma < 0 ? end : start + comma;
            AddTrimmed(start, stop);
            if (comma < 0)
                return;
            start = stop + 1;
        }
    }

    private void AddTrimmed(int start, int end)
    {
        while (start < end && _buffer[start] == ' ')
            start++;
        while (end > start && _buffer[end - 1] == ' ')
            end--;
        Add(start, end - start);
    }

    private void Add(int start, int length)
    {
        if (Count == _fields.Length)
            Array.Resize(ref _fields, _fields.Length * 2);
        _fields[Count++] = (start, length);
    }

    // A row in which a quote stands; it may go over several lines. Escapes are undone in place.
    private bool ReadQuoted()
    {
        while (true)
        {
            var end = EndOfQuotedRow();
            if (end >= 0)
            {
                TakeQuoted(end);
                return true;
            }
            if (_atEnd)
                Broken = "a quote is opened and never closed";
            else if (Fill())
                continue;
            return false;
        }
    }

    private int EndOfQuotedRow()
    {
        var inside = false;
        for (var i = _start; i < _end; i++)
        {
            if (_buffer[i] == '"')
                inside = !inside;
            else if (_buffer[i] == '\n' && !inside)
                return i;
        }
        return _atEnd && !inside ? _end : -1;
    }

    private void TakeQuoted(int rowEnd)
    {
        _nextLine += _buffer.AsSpan(_start, rowEnd - _start).Count((byte)'\n') + 1;
        var end = rowEnd > _start && _buffer[rowEnd - 1] == '\r' ? rowEnd - 1 : rowEnd;
        var at = _start;
        while (true)
        {
            var open = at;
            while (open < end && _buffer[open] == ' ')
                open++;
            at = open < end && _buffer[open] == '"' ? TakeQuotedField(open, end) : TakePlainField(at, end);
            if (at >= end)
                break;
            at++;
            if (at == end)
            {
                Add(end, 0);
                break;
            }
        }
        _start = Math.Min(rowEnd + 1, _end);
    }

    private int TakePlainField(int start, int end)
    {
        var comma = _buffer.AsSpan(start, end - start).IndexOf((byte)',');
        var stop = comma < 0 ? end : start + comma;
        AddTrimmed(start, stop);
        return stop;
    }

    private int TakeQuotedField(int open, int end)
    {
        var (from, to) = (open + 1, open + 1);
        while (from < end)
        {
            if (_buffer[from] == '"')
            {
                if (from + 1 >= end || _buffer[from + 1] != '"')
                    break;
                from++;
            }
            _buffer[to++] = _buffer[from++];
        }
        Add(open + 1, to - open - 1);
        var comma = from < end ? _buffer.AsSpan(from, end - from).IndexOf((byte)',') : -1;
        return comma < 0 ? end : from + comma;
    }

    // More bytes behind those not yet taken; false when a row does not fit.
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestRow * 2)
            {
                Broken = "a row is longer than a million bytes, or a quote is never closed";
                Line = _nextLine;
                return false;
            }
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _atEnd = read == 0;
        _end += read;
        return true;
    }
}
