using System.Buffers;
using WhoSaw.Intake.Formats;

namespace WhoSaw.Intake.Sources;

/// <summary>
/// Cuts one file into blocks of whole records. Sequential: one caller at a time. A file that breaks off gives what
/// could be read, and its tally says why.
/// </summary>
internal sealed class LogReader : IDisposable
{
    public const int MaximumLine = RecordLines.MaximumLine;
    private const int BlockSize = 1 << 20;

    // How much of a line that is too long is kept with the rejects.
    private const int KeptOfLongLine = 64 * 1024;

    private readonly Stream _bytes;
    private readonly StoredBytes _stored;
    private readonly Framing _framing;
    private readonly byte[] _prefix;
    private byte[] _directive = [];
    private byte[] _carry = [];
    private long _offset;
    private bool _ended;

    /// <summary>Opens the file; throws what the file system says (<see cref="IOException"/>, no access).</summary>
    /// <param name="passed">Is given the bytes that are passed over.</param>
    public LogReader(
        InputFile file, Func<string, Stream> open, LineFormat format, Action<ReadOnlySpan<byte>>? passed = null)
    {
        _stored = new StoredBytes(open(file.Path));
        _framing = format.Framing;
        _prefix = format.DirectivePrefix.ToArray();
        var isOpen = false;
        try
        {
            _bytes = Decompression.Open(_stored);
            PassOver(file.Skip, passed);
            isOpen = true;
        }
        finally
        {
            if (!isOpen)
                _stored.Dispose();
        }
    }

    public FileTally Tally { get; } = new();

    /// <summary>Bytes taken from the file as stored; for progress.</summary>
    public long StoredCount => _stored.Count;

    /// <summary>The next block, or null at the end of the file.</summary>
    public LineBlock? Next()
    {
        if (_ended)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        _carry.CopyTo(buffer, 0);
        var length = Fill(buffer, _carry.Length);
        var cut = _ended ? length : RecordCutter.LastEnd(buffer.AsSpan(0, length), _framing);
        if (cut == 0 && length >= MaximumLine)
            return SkipLongLine(buffer, length);
        _carry = buffer.AsSpan(cut, length - cut).ToArray();
        var block = new LineBlock
        {
            Buffer = buffer,
            Length = cut,
            Offset = _offset,
            Directive = _directive,
            Framing = _framing,
        };
        Learn(block.Bytes);
        _offset += cut;
        Tally.BytesRead = _offset;
        return cut == 0 ? Discard(block) : block;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _stored.Dispose();
    }

    /// <summary>What an earlier run has read: hashed with the rest, and not read again.</summary>
    private void PassOver(long count, Action<ReadOnlySpan<byte>>? passed)
    {
        var buffer = new byte[Math.Min(count, BlockSize)];
        while (_offset < count)
        {
            var got = ReadSome(buffer.AsSpan(0, (int)Math.Min(buffer.Length, count - _offset)));
            if (got == 0)
                break;
            passed?.Invoke(buffer.AsSpan(0, got));
            _offset += got;
        }
    }

    private static LineBlock? Discard(LineBlock block)
    {
        ArrayPool<byte>.Shared.Return(block.Buffer);
        return null;
    }

    private int Fill(byte[] buffer, int length)
    {
        while (length < BlockSize)
        {
            var count = ReadSome(buffer.AsSpan(length, BlockSize - length));
            if (count == 0)
            {
                Finish();
                break;
            }
            length += count;
        }
        return length;
    }

    private int ReadSome(Span<byte> room)
    {
        try
        {
            return _bytes.Read(room);
        }
        catch (Exception exception) when (SourceStreams.FaultOf(exception) is not null)
        {
            Tally.Fault = SourceStreams.FaultOf(exception);
            return 0;
        }
    }

    private void Finish()
    {
        _ended = true;
        Tally.Sha256 = _stored.Finish();
        Tally.Size = _stored.Count;
    }

    /// <summary>Gives the beginning of the line as a block of its own and passes over the rest up to its end.</summary>
    private LineBlock SkipLongLine(byte[] buffer, int length)
    {
        var start = _offset;
        long lineLength = length;
        var rest = ArrayPool<byte>.Shared.Rent(BlockSize);
        _carry = [];
        while (!_ended)
        {
            var count = ReadSome(rest.AsSpan(0, BlockSize));
            if (count == 0)
            {
                Finish();
                break;
            }
            var end = rest.AsSpan(0, count).IndexOf((byte)'\n');
            if (end < 0)
            {
                lineLength += count;
                continue;
            }
            lineLength += end + 1;
            _carry = rest.AsSpan(end + 1, count - end - 1).ToArray();
            break;
        }
        ArrayPool<byte>.Shared.Return(rest);
        _offset += lineLength;
        Tally.BytesRead = _offset;
        return new LineBlock
        {
            Buffer = buffer,
            Length = Math.Min(length, KeptOfLongLine),
            Offset = start,
            TooLongLine = lineLength,
        };
    }

    private void Learn(ReadOnlySpan<byte> block)
    {
        if (_prefix.Length == 0)
            return;
        var rest = block;
        while (true)
        {
            var at = rest.IndexOf(_prefix);
            if (at < 0)
                return;
            if (at == 0 || rest[at - 1] == '\n')
            {
                var line = rest[at..];
                var end = line.IndexOf((byte)'\n');
                _directive = (end < 0 ? line : line[..end]).TrimEnd((byte)'\r').ToArray();
            }
            rest = rest[(at + _prefix.Length)..];
        }
    }
}
