using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary>
/// The pages of one column of a row group, one after another. Reused; one thread. Throws
/// <see cref="InvalidDataException"/> for what is damaged, and <see cref="NotSupportedException"/> for what a segment
/// may have but this reader does not know.
/// </summary>
internal sealed class ChunkPages : IDisposable
{
    private readonly Decompressor _decompressor = new();
    private readonly PageBuffer _stored = new();
    private ColumnCodec _codec;
    private bool _isOptional;
    private int _at;

    /// <param name="end">Where the footer begins.</param>
    public void Open(SafeFileHandle file, long end, ColumnChunk chunk, bool isOptional)
    {
        if (chunk.IsElsewhere || chunk.Codec is not (ColumnCodec.None or ColumnCodec.Zstd))
            throw new NotSupportedException("a column is stored in a way of its own");
        if (chunk.Start < 4 || chunk.Length > end - chunk.Start)
            throw Corrupt();
        if (chunk.Length > int.MaxValue)
            throw new NotSupportedException("a column of a row group is very large");
        (_codec, _isOptional, _at) = (chunk.Codec, isOptional, 0);
        _stored.Clear();
        var bytes = _stored.Take((int)chunk.Length);
        for (var read = 0; read < bytes.Length;)
        {
            var more = RandomAccess.Read(file, bytes[read..], chunk.Start + read);
            read += more > 0 ? more : throw Corrupt();
        }
    }

    /// <summary>The next page, decompressed behind what <paramref name="into"/> holds.</summary>
    public Page Read(PageBuffer into)
    {
        var header = PageHeader.Read(_stored.Bytes.AsSpan(_at.._stored.Used), out var length);
        _at += length;
        if (header.Stored > _stored.Used - _at)
            throw Corrupt();
        var stored = _stored.Bytes.AsSpan(_at, header.Stored);
        _at += header.Stored;
        var start = into.Used;
        Decompress(header, stored, into);
        var page = new Page(header.Kind, header.Encoding, header.Values) { Start = start, End = into.Used };
        return header.Kind switch
        {
            PageKind.Dictionary => page,
            PageKind.Data or PageKind.SecondData when !_isOptional && header.LevelBytes == 0 => page,
            PageKind.Data when _isOptional && header.Levels == PageEncoding.Rle => WithLevels(page, into.Bytes),
            PageKind.SecondData when _isOptional && header.RepetitionBytes == 0 =>
                page with { Levels = start, Start = start + header.DefinitionBytes },
            _ => throw new NotSupportedException("a page is of another kind"),
        };
    }

    public void Dispose() => _decompressor.Dispose();

    private void Decompress(in PageHeader header, ReadOnlySpan<byte> stored, PageBuffer into)
    {
        var plain = into.Take(header.Plain);
        if (header.Kind == PageKind.SecondData)
        {
            if (header.LevelBytes > stored.Length || header.LevelBytes > plain.Length)
                throw Corrupt();
            var levels = (int)header.LevelBytes;
            stored[..levels].CopyTo(plain);
            stored = stored[levels..];
            plain = plain[levels..];
        }
        if (_codec == ColumnCodec.None || (header.Kind == PageKind.SecondData && !header.IsCompressed))
        {
            if (stored.Length != plain.Length)
                throw Corrupt();
            stored.CopyTo(plain);
        }
        else if (plain.Length > 0 || stored.Length > 0)
        {
            Decompress(stored, plain);
        }
    }

    private void Decompress(ReadOnlySpan<byte> stored, Span<byte> plain)
    {
        try
        {
            if (_decompressor.Unwrap(stored, plain) != plain.Length)
                throw Corrupt();
        }
        catch (ZstdException fault)
        {
            throw new InvalidDataException("a page of a segment does not decompress", fault);
        }
    }

    private static Page WithLevels(Page page, ReadOnlySpan<byte> bytes)
    {
        if (page.End - page.Start < 4)
            throw Corrupt();
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[page.Start..]);
        if (length < 0 || length > page.End - page.Start - 4)
            throw Corrupt();
        return page with { Levels = page.Start + 4, Start = page.Start + 4 + length };
    }

    private static InvalidDataException Corrupt() => new("a column of a segment is cut off or overwritten");
}
