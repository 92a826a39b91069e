using System.Collections;

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// The lines that begin within a stretch of a file, in blocks that end at a line feed. A block is valid until the next.
/// </summary>
public sealed class LineBlocks(string path, long from, long to) : IEnumerable<ReadOnlyMemory<byte>>
{
    private const int BlockSize = 1 << 20;

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
    {
        using var file = File.OpenHandle(path);
        var bytes = new byte[BlockSize];
        var at = from == 0 ? 0 : FirstLineFrom(file, bytes, from);
        while (at < to)
        {
            var read = RandomAccess.Read(file, bytes, at);
            // the last line to begin before the end is read to its own end
            var room = (int)Math.Min(read, to - at);
            var length = room < read
                ? bytes.AsSpan(room - 1, read - room + 1).IndexOf((byte)'\n') + room
                : bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (length <= 0)
                throw new MeasurementException("a line is longer than a block");
            yield return bytes.AsMemory(0, length);
            at += length;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long FirstLineFrom(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] bytes, long from)
    {
        var read = RandomAccess.Read(file, bytes, from - 1);
        return from + bytes.AsSpan(0, read).IndexOf((byte)'\n');
    }
}
