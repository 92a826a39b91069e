using System.IO.Compression;
using CsCheck;
using WhoSaw.Scenarios.Writing.Gzip;

namespace WhoSaw.Scenarios.Tests.Writing.Gzip;

public sealed class GzipTextTests
{
    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 3000], Gen.Byte.Array[0, 3000]).Sample((part, times, rest) =>
        {
            byte[] text = [.. Enumerable.Repeat(part, times * 200 / (part.Length + 200)).SelectMany(p => p), .. rest];
            Assert.Equal(text, Read(Written(text, text.Length + 1)));
        }, iter: 300);

    [Fact]
    public void Long_texts_of_every_kind_are_read_back()
    {
        var random = new Random(4);
        foreach (var alphabet in (int[])[1, 2, 11, 256])
        {
            var text = new byte[700_000];
            for (var i = 0; i < text.Length; i++)
                text[i] = (byte)(i % 50_000 < 20_000 ? 'a' : random.Next(alphabet));
            Assert.Equal(text, Read(Written(text, 10_000)));
        }
    }

    [Fact]
    public void The_bytes_do_not_depend_on_how_the_text_came()
    {
        var text = System.Text.Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Range(0, 30_000).Select(i => $"line {i * 7919 % 1009}\n")));
        Assert.Equal(Written(text, 1 << 20), Written(text, 777));
    }

    [Fact]
    public void Nothing_is_a_file_too() => Assert.Empty(Read(Written([], 1)));

    private static byte[] Written(byte[] text, int at)
    {
        var file = new MemoryStream();
        using (var gzip = new GzipText(file))
            foreach (var part in text.Chunk(at))
                gzip.Write(part);
        return file.ToArray();
    }

    private static byte[] Read(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        var text = new MemoryStream();
        gzip.CopyTo(text);
        return text.ToArray();
    }
}
