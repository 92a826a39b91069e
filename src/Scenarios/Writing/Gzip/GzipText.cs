using System.Buffers.Binary;
using System.Numerics;

namespace WhoSaw.Scenarios.Writing.Gzip;

/// <summary>
/// Writes gzip (RFC 1951, RFC 1952) whose bytes depend on the text alone. A library's differ between its versions and
/// between processors, and a replay must be the same everywhere. Greedy matches from one table of hashes, a code of
/// its own for each 64 KB.
/// </summary>
internal sealed class GzipText : Stream
{
    private const int Block = 1 << 16;
    private const int Window = 1 << 15;
    private const int HashBits = 15;
    private const int LeastMatch = 4;
    private const int MostMatch = 258;

    private readonly Stream _output;
    private readonly BitWriter _bits;
    private readonly byte[] _text = new byte[Window + Block + 8];
    private readonly int[] _heads = new int[1 << HashBits];
    private readonly int[] _tokens = new int[Block];
    private readonly DeflateCodes _codes = new();
    private int _end = Window;
    private int _tokenCount;
    private uint _crc;
    private uint _length;
    private bool _isClosed;

    public GzipText(Stream output)
    {
        (_output, _bits) = (output, new BitWriter(output));
        Array.Fill(_heads, int.MinValue / 2);
        // deflate, no name, no time, fastest, unknown system
        foreach (var value in (ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 255])
            _bits.AddByte(value);
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException(); set =>
        throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> text)
    {
        _crc = Crc32.Append(_crc, text);
        _length += (uint)text.Length;
        while (!text.IsEmpty)
        {
            var taken = Math.Min(text.Length, Window + Block - _end);
            text[..taken].CopyTo(_text.AsSpan(_end));
            _end += taken;
            text = text[taken..];
            if (_end == Window + Block)
                Compress(isLast: false);
        }
    }

    // a block is what is full: flushing earlier would make the bytes depend on who flushes
    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        Compress(isLast: true);
        _bits.Align();
        foreach (var number in (ReadOnlySpan<uint>)[_crc, _length])
            for (var shift = 0; shift < 32; shift += 8)
                _bits.AddByte((byte)(number >> shift));
        _bits.Flush();
        _output.Dispose();
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Compress(bool isLast)
    {
        Match();
        _codes.Write(_bits, _tokens.AsSpan(0, _tokenCount), isLast);
        // the last 32 KB stay in reach of what follows
        _text.AsSpan(_end - Window, Window).CopyTo(_text);
        var moved = _end - Window;
        for (var i = 0; i < _heads.Length; i++)
            _heads[i] = Math.Max(_heads[i] - moved, int.MinValue / 2);
        _end = Window;
    }

    private void Match()
    {
        ReadOnlySpan<byte> text = _text;
        var (at, end) = (Window, _end);
        _tokenCount = 0;
        _codes.Clear();
        while (at < end)
        {
            if (at + 8 <= end)
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
                ref var head = ref _heads[word * 2654435761u >> 32 - HashBits];
                var before = head;
                head = at;
                if (at - before <= Window && before >= 0
                    && BinaryPrimitives.ReadUInt32LittleEndian(text[before..]) == word)
                {
                    var length = LengthOf(text, before, at, Math.Min(end - at, MostMatch));
                    _tokens[_tokenCount++] = _codes.CountMatch(length, at - before);
                    at += length;
                    if (at + 4 <= end)
                        _heads[BinaryPrimitives.ReadUInt32LittleEndian(
                            text[(at - 2)..]) * 2654435761u >> 32 - HashBits] = at - 2;
                    continue;
                }
            }
            _tokens[_tokenCount++] = _codes.CountLiteral(text[at++]);
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> text, int before, int at, int most)
    {
        var length = LeastMatch;
        while (length + 8 <= most)
        {
            var difference = BinaryPrimitives.ReadUInt64LittleEndian(text[(before + length)..])
                ^ BinaryPrimitives.ReadUInt64LittleEndian(text[(at + length)..]);
            if (difference != 0)
                return length + (BitOperations.TrailingZeroCount(difference) >> 3);
            length += 8;
        }
        while (length < most && text[before + length] == text[at + length])
            length++;
        return length;
    }
}
