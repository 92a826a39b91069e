using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace WhoSaw.Ledger;

/// <summary>
/// Reads the columns of segments, one file after another: numbers, and texts as numbers of the row group's own
/// dictionary (docs/decisions/0030). One thread; the memory goes from file to file.
/// </summary>
/// <remarks>
/// Knows the forms that segments have and a few more. Of what it does not know it says so, by returning false, and
/// another reader has to be asked. All its methods throw <see cref="InvalidDataException"/> for what is damaged.
/// </remarks>
public sealed class ColumnFile : IDisposable
{
    private const int TailBytes = 1 << 16;
    private static readonly byte[] s_magic = "PAR1"u8.ToArray();
    private readonly ChunkPages _pages = new();
    private readonly NumberPages _numbers;
    private readonly TextPages _texts;
    private byte[] _tail = new byte[TailBytes];
    private SafeFileHandle? _file;
    private ColumnFooter? _footer;
    private long _end;

    public ColumnFile()
    {
        _numbers = new NumberPages(_pages);
        _texts = new TextPages(_pages);
    }

    public int Groups => Footer.Groups.Count;

    private ColumnFooter Footer => _footer ?? throw new InvalidOperationException("no file is open");

    /// <summary>False for a file whose columns are more than values and nulls; then none is open.</summary>
    public bool Open(string path)
    {
        Close();
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _footer = ColumnFooter.Read(ReadFooter());
        return _footer is not null;
    }

    /// <summary>Rows of a row group.</summary>
    public int Rows(int group) => Footer.Groups[group].Rows;

    /// <summary>False for a column that the file does not have.</summary>
    public bool Has(string column) => Footer.Columns.ContainsKey(column);

    /// <summary>
    /// The smallest and the largest number by the file's own statistics, as signed numbers; null where it keeps none.
    /// </summary>
    public (long Least, long Most)? Range(int group, string column) =>
        Footer.Groups[group].Chunks[PlaceOf(column)].Range;

    /// <summary>False for what this reader does not know; what is in the vector then means nothing.</summary>
    public bool TryRead(int group, string column, NumberVector into)
    {
        into.Clear(Rows(group));
        return Rows(group) == 0 || Known(() => _numbers.Read(Opened(group, column), Rows(group), into));
    }

    /// <summary>False for what this reader does not know; what is in the vector then means nothing.</summary>
    public bool TryRead(int group, string column, TextVector into)
    {
        into.Clear(Rows(group));
        return Rows(group) == 0 || Known(() => _texts.Read(Opened(group, column), Rows(group), into));
    }

    public void Dispose()
    {
        Close();
        _pages.Dispose();
    }

    private static bool Known(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private int PlaceOf(string column) => Footer.Columns.TryGetValue(column, out var place) ? place
        : throw new InvalidDataException($"a segment has no column {column}");

    private ColumnChunk Opened(int group, string column)
    {
        var chunk = Footer.Groups[group].Chunks[PlaceOf(column)];
        _pages.Open(_file!, _end, chunk, Footer.IsOptional(PlaceOf(column)));
        if (chunk.Values != Rows(group))
            throw new InvalidDataException($"the column {column} of a segment has other rows than the others");
        return chunk;
    }

    private ReadOnlySpan<byte> ReadFooter()
    {
        var size = RandomAccess.GetLength(_file!);
        var tail = ReadTail(size, (int)Math.Min(size, TailBytes));
        if (size < 12 || !tail[^4..].SequenceEqual(s_magic))
            throw new InvalidDataException("a segment does not end as one");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail[^8..]);
        if (length > size - 12)
            throw new InvalidDataException("a segment is shorter than its footer");
        _end = size - 8 - length;
        if (length + 8 > tail.Length)
            tail = ReadTail(size, checked((int)length + 8));
        return tail[^(int)(length + 8)..^8];
    }

    private Span<byte> ReadTail(long size, int count)
    {
        if (_tail.Length < count)
            _tail = new byte[count];
        var tail = _tail.AsSpan(0, count);
        for (var read = 0; read < count;)
        {
            var more = RandomAccess.Read(_file!, tail[read..], size - count + read);
            read += more > 0 ? more : throw new InvalidDataException("a segment is cut off");
        }
        return tail;
    }

    private void Close()
    {
        _file?.Dispose();
        (_file, _footer) = (null, null);
    }
}
