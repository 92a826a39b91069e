using System.IO.Compression;
using System.Text;
using WhoSaw.Cli.Verbs;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

public sealed class ParseTests
{
    private static readonly byte[] Log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(line =>
        $"192.0.2.{line % 250} - - [14/Apr/2025:00:{line / 60:D2}:{line % 60:D2} +0000] "
        + $"\"GET /members/{line * 48_271L % 899_981} HTTP/1.1\" 200 512\n")));

    [Fact]
    public void A_compressed_log_is_parsed_like_the_plain_one()
    {
        using var folder = new TemporaryFolder();
        var plain = Parse(Write(folder, "web.log", Log));
        Assert.Equal(plain, Parse(Write(folder, "web.log.gz", Compressed())));
        Assert.Equal((0, 2000), (plain.Status, plain.Lines));
    }

    [Fact]
    public void Of_a_log_that_is_cut_off_the_beginning_is_parsed_and_the_end_is_told()
    {
        using var folder = new TemporaryFolder();
        var (status, lines, error) = Parse(Write(folder, "web.log.gz", Compressed()[..2000]));
        Assert.Equal(3, status);
        Assert.InRange(lines, 1, 1999);
        Assert.Contains("cut off", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_not_there_is_named() => Assert.Equal(
        (3, 0, "whosaw: nowhere.log: does not exist\n"), Parse("nowhere.log"));

    private static string Write(TemporaryFolder folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.At(name), bytes);
        return folder.At(name);
    }

    private static (int Status, int Lines, string Error) Parse(string path)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter { NewLine = "\n" };
        var status = ParseVerb.Run("common", [path], Stream.Null, output, errors);
        return (status, output.ToArray().Count(letter => letter == '\n'), errors.ToString());
    }

    private static byte[] Compressed()
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
            gzip.Write(Log);
        return stored.ToArray();
    }
}
