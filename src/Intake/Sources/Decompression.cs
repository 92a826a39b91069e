using System.Buffers.Binary;
using System.IO.Compression;

namespace WhoSaw.Intake.Sources;

/// <summary>Plain, gzip (any number of members) or zstd, told by the first bytes and never by the name.</summary>
internal static class Decompression
{
    /// <summary>So many first bytes tell.</summary>
    public const int Looked = 4;

    // Frames that a decoder passes over; pzstd begins with one. The last four bits are free.
    private const uint SkippableFrame = 0x184D2A50;

    public static Stream Open(Stream stored)
    {
        var head = new byte[Looked];
        var got = stored.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var whole = new Rejoined(head.AsMemory(0, got), stored);
        if (IsGzip(head.AsSpan(0, got)))
            return new GzipMembers(whole);
        if (IsZstd(head.AsSpan(0, got)))
            return new ZstdSharp.DecompressionStream(
                whole, bufferSize: 1 << 17, checkEndOfStream: true, leaveOpen: false);
        return whole;
    }

    public static bool IsCompressed(ReadOnlySpan<byte> head) => IsGzip(head) || IsZstd(head);

    private static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    private static bool IsZstd(ReadOnlySpan<byte> head) =>
        head.Length >= Looked && BinaryPrimitives.ReadUInt32LittleEndian(head) is var magic
        && (magic == 0xFD2FB528 || (magic & ~0xFu) == SkippableFrame);

    /// <summary>The bytes that were looked at, then the rest.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> head, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty)
                return rest.Read(buffer);
            var count = Math.Min(buffer.Length, _head.Length);
            _head.Span[..count].CopyTo(buffer);
            _head = _head[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
