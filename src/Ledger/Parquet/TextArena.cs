using System.Runtime.InteropServices;
using System.Text.Unicode;
using ParquetSharp;

namespace WhoSaw.Ledger;

/// <summary>Texts in memory that does not move, for the native writer. Valid until <see cref="Clear"/>.</summary>
internal sealed class TextArena
{
    private static readonly System.Text.Encoding Utf8Text = System.Text.Encoding.UTF8;
    private const int ChunkSize = 1 << 18;
    private readonly List<byte[]> _chunks = [];
    private readonly List<byte[]> _large = [];
    private int _chunk;
    private int _used;

    public void Clear()
    {
        _large.Clear();
        (_chunk, _used) = (0, 0);
    }

    /// <summary>Copies a text; what is not UTF-8 in it is replaced by U+FFFD.</summary>
    public ByteArray Add(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            text = Utf8Text.GetBytes(Utf8Text.GetString(text));
        var (block, start) = Room(text.Length);
        text.CopyTo(block.AsSpan(start));
        return new ByteArray(Marshal.UnsafeAddrOfPinnedArrayElement(block, start), text.Length);
    }

    private (byte[] Block, int Start) Room(int length)
    {
        if (length > ChunkSize / 4)
        {
            var large = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            _large.Add(large);
            return (large, 0);
        }
        // One byte is left over, so that even an empty text has an address inside the array.
        if (_used + length >= ChunkSize)
            (_chunk, _used) = (_chunk + 1, 0);
        if (_chunk == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkSize, pinned: true));
        _used += length;
        return (_chunks[_chunk], _used - length);
    }
}
