namespace WhoSaw.Intake.Formats;

/// <summary>
/// Cuts a stream into records by the framing of a format, for one-off reading; blank lines are left out. A last line
/// without a line end counts. An array of records (<see cref="Framing.JsonArray"/>) reads as lines do.
/// </summary>
public sealed class RecordLines(Framing framing, Stream input)
{
    /// <summary>A longer record is cut here, and what is left up to the next line end is passed over.</summary>
    public const int MaximumLine = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Whether the last record was longer than <see cref="MaximumLine"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The next record without its line end; valid until the next call.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        if (IsTooLong)
            PassOverLine();
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            if (RecordCutter.TryNext(rest, framing, _ended, out var start, out var length, out var consumed))
            {
                line = rest.Slice(start, length);
                _start += consumed;
                if (!line.IsEmpty)
                    return true;
            }
            else if (_ended)
            {
                line = default;
                return false;
            }
            else if (rest.Length >= MaximumLine)
            {
                IsTooLong = true;
                line = rest;
                return true;
            }
            else
            {
                Fill();
            }
        }
    }

    private void PassOverLine()
    {
        IsTooLong = false;
        // the last byte may be the line end already
        _start = _end - 1;
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            _start = end < 0 ? _end : _start + end + 1;
            if (end >= 0 || _ended)
                return;
            Fill();
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
}
