using System.Buffers;
using Microsoft.Win32.SafeHandles;
using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// A plain file that somebody writes to. Remembers nothing but its offset: a line that is not whole is read again when
/// there is more.
/// </summary>
internal sealed class GrowingReader : ITailReader
{
    private const int FirstSize = 256 * 1024;
    private const int MaximumLine = RecordLines.MaximumLine;
    private const int KeptOfLongLine = 64 * 1024;

    private readonly SafeFileHandle _file;
    private readonly Framing _framing;
    private readonly byte[] _prefix;
    private byte[] _directive = [];
    private int _size = FirstSize;
    private long _fruitless = -1;
    private long _searched;

    /// <param name="taken">Takes the bytes before the offset: they are hashed again.</param>
    public GrowingReader(SafeFileHandle file, LineFormat format, long offset, TakenBytes taken)
    {
        _file = file;
        _framing = format.Framing;
        _prefix = format.DirectivePrefix.ToArray();
        PassOver(offset, taken);
    }

    public long Offset { get; private set; }
    public long Behind => Math.Max(0, Length - Offset);
    public bool IsEnded => false;
    public long Length => RandomAccess.GetLength(_file);
    public SafeFileHandle Handle => _file;

    public LineBlock? Next(long until, bool isLast)
    {
        var length = Math.Min(Length, until);
        if (length <= Offset || (length == _fruitless && !isLast))
            return null;
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(_size);
            var count = Fill(buffer.AsSpan(0, (int)Math.Min(_size, until - Offset)));
            var bytes = buffer.AsSpan(0, count);
            var isRest = isLast && Offset + count >= length;
            var cut = Offset + count == until ? count : RecordCutter.LastEnd(bytes, _framing);
            if (cut == 0 && isRest && count <= MaximumLine)
                cut = count;
            if (cut > 0)
                return Block(buffer, cut);
            if (isRest)
                return LongLine(buffer, length, isLast);
            if (count < _size)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                _fruitless = length;
                return null;
            }
            if (_size > MaximumLine)
                return LongLine(buffer, length, isLast);
            ArrayPool<byte>.Shared.Return(buffer);
            _size *= 2;
        }
    }

    public void Dispose() => _file.Dispose();

    private LineBlock Block(byte[] buffer, int cut)
    {
        var block = new LineBlock
        {
            Buffer = buffer,
            Length = cut,
            Offset = Offset,
            Directive = _directive,
            Framing = _framing,
        };
        _directive = Directives.Last(block.Bytes, _prefix) ?? _directive;
        Offset += cut;
        _size = FirstSize;
        _fruitless = -1;
        return block;
    }

    /// <summary>The beginning of a line that is too long, once its end is there.</summary>
    private LineBlock? LongLine(byte[] buffer, long length, bool isLast)
    {
        var piece = ArrayPool<byte>.Shared.Rent(FirstSize);
        var end = -1L;
        for (var at = Math.Max(_searched, Offset); at < length && end < 0; _searched = at)
        {
            var got = RandomAccess.Read(_file, piece.AsSpan(0, FirstSize), at);
            if (got == 0)
                break;
            var found = piece.AsSpan(0, got).IndexOf((byte)'\n');
            end = found < 0 ? -1 : at + found + 1;
            at += got;
        }
        ArrayPool<byte>.Shared.Return(piece);
        if (end < 0 && !isLast)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _fruitless = length;
            return null;
        }
        end = end < 0 ? length : end;
        var block = new LineBlock
        {
            Buffer = buffer,
            Length = KeptOfLongLine,
            Offset = Offset,
            TooLongLine = end - Offset,
        };
        (Offset, _size, _fruitless, _searched) = (end, FirstSize, -1, 0);
        return block;
    }

    private int Fill(Span<byte> room)
    {
        var count = 0;
        while (count < room.Length)
        {
            var got = RandomAccess.Read(_file, room[count..], Offset + count);
            if (got == 0)
                break;
            count += got;
        }
        return count;
    }

    private void PassOver(long count, TakenBytes taken)
    {
        var buffer = new byte[Math.Min(count, 1 << 20)];
        var line = new List<byte>();
        while (Offset < count)
        {
            var got = RandomAccess.Read(_file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, count - Offset)), Offset);
            if (got == 0)
                throw new IOException("the file is shorter than what was read of it");
            taken.Add(buffer.AsSpan(0, got));
            Offset += got;
            if (_prefix.Length == 0)
                continue;
            // A directive may lie across two reads.
            line.AddRange(buffer.AsSpan(0, got));
            var whole = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
            _directive = Directives.Last(whole, _prefix) ?? _directive;
            line.RemoveRange(0, whole.LastIndexOf((byte)'\n') + 1);
        }
    }
}

/// <summary>Lines that change how the following lines read.</summary>
internal static class Directives
{
    /// <summary>The last one, or null when there is none.</summary>
    public static byte[]? Last(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> prefix)
    {
        if (prefix.IsEmpty)
            return null;
        for (var rest = lines; ;)
        {
            var at = rest.LastIndexOf(prefix);
            if (at < 0)
                return null;
            if (at == 0 || rest[at - 1] == '\n')
            {
                var line = lines[at..];
                var end = line.IndexOf((byte)'\n');
                return (end < 0 ? line : line[..end]).TrimEnd((byte)'\r').ToArray();
            }
            rest = rest[..at];
        }
    }
}
