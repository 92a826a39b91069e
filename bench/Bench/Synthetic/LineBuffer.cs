using System.Globalization;

namespace WhoSaw.Bench.Synthetic;

/// <summary>Bytes on their way to a stream; a line is written whole before <see cref="EndLine"/>.</summary>
public sealed class LineBuffer(Stream stream)
{
    private const int LongestLine = 4096;
    private readonly byte[] _bytes = new byte[1 << 20];
    private int _used;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_used));
        _used += text.Length;
    }

    public void Add(byte character) => _bytes[_used++] = character;

    public void Add(long number)
    {
        number.TryFormat(_bytes.AsSpan(_used), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    public void EndLine()
    {
        _bytes[_used++] = (byte)'\n';
        if (_used > _bytes.Length - LongestLine)
            Flush();
    }

    public void Flush()
    {
        stream.Write(_bytes, 0, _used);
        _used = 0;
    }
}
