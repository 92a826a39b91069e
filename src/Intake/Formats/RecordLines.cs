namespace WhoSaw.Intake.Formats;

/// <summary>
/// Cuts a stream into records by the framing of a format, for one-off reading; blank lines are left out. A last line
/// without a line end counts. With <see cref="Framing.JsonArray"/> a document with an array of records is read whole.
/// </summary>
public sealed class RecordLines(Framing framing, Stream input)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _opened;
    private bool _inArray;

    /// <summary>The next record without its line end; valid until the next call.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        if (framing == Framing.JsonArray && !_opened)
            OpenArray();
        while (_inArray)
        {
            if (TryElement(out line))
                return true;
        }
        while (TryLine(out line))
        {
            if (!line.IsEmpty)
                return true;
        }
        return false;
    }

    private bool TryLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        var seen = 0;
        var quoted = false;
        while (true)
        {
            var length = FindEnd(_buffer.AsSpan(_start, _end - _start), ref seen, ref quoted);
            if (length < 0 && !_ended)
            {
                Fill();
                continue;
            }
            if (length < 0 && _start == _end)
                return false;
            var end = length < 0 ? _end : _start + length;
            line = _buffer.AsSpan(_start, end - _start);
            _start = length < 0 ? _end : end + 1;
            if (line.Length > 0 && line[^1] == '\r')
                line = line[..^1];
            return true;
        }
    }

    private int FindEnd(ReadOnlySpan<byte> text, ref int seen, ref bool quoted)
    {
        if (framing != Framing.QuotedLines)
        {
            var found = text[seen..].IndexOf((byte)'\n');
            var at = seen + found;
            seen = text.Length;
            return found < 0 ? -1 : at;
        }
        while (true)
        {
            var step = quoted ? text[seen..].IndexOf((byte)'"') : text[seen..].IndexOfAny((byte)'"', (byte)'\n');
            if (step < 0)
            {
                seen = text.Length;
                return -1;
            }
            seen += step + 1;
            if (text[seen - 1] == '\n')
                return seen - 1;
            quoted = !quoted;
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = input.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }

    private void OpenArray()
    {
        _opened = true;
        while (!_ended && _end - _start < 256)
            Fill();
        var head = _buffer.AsSpan(_start, Math.Min(_end - _start, 256));
        var name = head.IndexOf("\"Records\""u8);
        var bracket = name < 0 ? FirstLetter(head) : name + head[name..].IndexOf((byte)'[');
        if (bracket < 0 || head[bracket] != '[')
            return;
        while (!_ended)
            Fill();
        _start += bracket + 1;
        _inArray = true;
    }

    private static int FirstLetter(ReadOnlySpan<byte> text)
    {
        var at = 0;
        return JsonText.SkipSpace(text, ref at) ? at : -1;
    }

    private bool TryElement(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (_start < _end && _buffer[_start] is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _start++;
        var at = _start;
        var text = _buffer.AsSpan(0, _end);
        _inArray = at < _end && text[at] == '{';
        if (!_inArray)
        {
            // what follows the array is its document's end
            if (at < _end && text[at] == ']')
                _start = _end;
            return false;
        }
        if (!JsonText.TrySkipValue(text, ref at))
        {
            // cut off: what is left is one record that does not read
            at = _end;
        }
        line = text[_start..at];
        _start = at;
        return true;
    }
}
