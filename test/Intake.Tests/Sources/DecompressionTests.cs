using System.IO.Compression;
using System.Text;
using WhoSaw.Intake.Sources;
using Xunit;

namespace WhoSaw.Intake.Tests.Sources;

public sealed class DecompressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void Zeros_between_the_members_of_a_gzip_file_hide_none_of_them(int zeros)
    {
        var (first, second) = (Text(0, 3000), Text(3000, 9000));
        byte[] stored = [.. Gzip(first), .. new byte[zeros], .. Gzip(second), .. new byte[zeros], .. Gzip("")];
        Assert.Equal(first + second, Decompressed(stored));
        Assert.Equal(first + second, Decompressed([.. stored, .. new byte[zeros]]));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("\u0000\u0000garbage")]
    [InlineData("\u001f")]
    [InlineData("\u001fgarbage")]
    public void What_follows_a_gzip_member_and_is_none_is_said_to_be_damage(string rest)
    {
        byte[] stored = [.. Gzip(Text(0, 3000)), .. Encoding.Latin1.GetBytes(rest)];
        var fault = Assert.ThrowsAny<Exception>(() => Decompressed(stored));
        Assert.Contains("damaged", SourceStreams.FaultOf(fault), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_member_is_read_to_its_end_however_little_is_asked_for()
    {
        byte[] stored = [.. Gzip("a"), 0, .. Gzip(""), .. Gzip("bc"), 0, 0, .. Gzip("d")];
        using var bytes = SourceStreams.Decompress(new MemoryStream(stored));
        var read = new StringBuilder();
        for (var one = new byte[1]; bytes.Read(one, 0, 1) == 1;)
            read.Append((char)one[0]);
        Assert.Equal("abcd", read.ToString());
    }

    [Fact]
    public void A_zstd_file_may_begin_with_a_frame_to_pass_over()
    {
        var text = Text(0, 3000);
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        Assert.Equal(text, Decompressed([.. skippable, .. Zstd(text)]));
        Assert.Equal(text + text, Decompressed([.. skippable, .. Zstd(text), .. skippable, .. Zstd(text)]));
    }

    [Fact]
    public void Who_disposes_the_bytes_closes_the_file()
    {
        foreach (var stored in (byte[][])[Gzip("a"), Zstd("a"), "a"u8.ToArray()])
        {
            var file = new MemoryStream(stored);
            SourceStreams.Decompress(file).Dispose();
            Assert.False(file.CanRead);
        }
    }

    private static string Text(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(line => $"line {line * 7919L % 10007}\n"));

    private static string Decompressed(byte[] stored)
    {
        using var bytes = SourceStreams.Decompress(new MemoryStream(stored));
        var text = new MemoryStream();
        bytes.CopyTo(text);
        return Encoding.Latin1.GetString(text.ToArray());
    }

    private static byte[] Gzip(string text)
    {
        var stored = new MemoryStream();
        using (var member = new GZipStream(stored, CompressionLevel.Optimal))
            member.Write(Encoding.Latin1.GetBytes(text));
        return stored.ToArray();
    }

    private static byte[] Zstd(string text)
    {
        using var frame = new ZstdSharp.Compressor();
        return frame.Wrap(Encoding.Latin1.GetBytes(text)).ToArray();
    }
}
