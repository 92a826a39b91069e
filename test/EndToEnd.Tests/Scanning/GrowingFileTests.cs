using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

public sealed class GrowingFileTests
{
    private const string Configuration = """
        version: 1
        sources: [{id: web, kind: access, path: web.log, format: combined}]
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

        """;

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(1)]
    public void A_file_that_grew_is_continued_where_it_was_left(int cutOffInALine)
    {
        using var whole = new Evidence();
        var configuration = whole.Folder.Write("whosaw.yaml", Configuration);
        whole.Folder.Write("web.log", Lines(0, 900));
        Assert.Equal(0, whole.Scan(configuration).Status);

        using var grown = new Evidence();
        configuration = grown.Folder.Write("whosaw.yaml", Configuration);
        foreach (var lines in (int[])[300, 301, 700])
        {
            var text = Lines(0, lines);
            grown.Folder.Write("web.log", text[..^cutOffInALine]);
            Assert.Equal(0, grown.Scan(configuration).Status);
        }
        grown.Folder.Write("web.log", Lines(0, 900));
        Assert.Equal(0, grown.Scan(configuration).Status);

        Assert.Equal(900, whole.Contents.Segments.Sum(segment => segment.Rows));
        Assert.Equal(900, grown.Contents.Segments.Sum(segment => segment.Rows));
        Assert.Equal(Accesses(whole), Accesses(grown));
    }

    [Fact]
    public void A_file_of_another_content_under_the_same_name_is_read_from_its_start()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        evidence.Folder.Write("web.log", Lines(0, 100));
        evidence.Scan(configuration);
        evidence.Folder.Write("web.log", Lines(100, 300));
        evidence.Scan(configuration);
        Assert.Equal(300, evidence.Contents.Segments.Sum(segment => segment.Rows));
    }

    [Fact]
    public void A_run_that_was_killed_amid_writing_the_mark_of_its_key_does_not_lock_the_ledger()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        evidence.Folder.Write("web.log", Lines(0, 100));
        Assert.Equal(0, evidence.Scan(configuration).Status);
        File.WriteAllText(Path.Combine(evidence.Ledger, "state", "fingerprint"), "");
        evidence.Folder.Write("web.log", Lines(0, 200));
        Assert.Equal(0, evidence.Scan(configuration).Status);
        File.WriteAllText(Path.Combine(evidence.Ledger, "state", "fingerprint"), "0123456789abcdef\n");
        Assert.Equal(2, evidence.Scan(configuration).Status);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 40)]
    [InlineData(true, 40)]
    public void A_log_that_grew_and_was_rotated_away_since_is_continued_under_its_new_name(
        bool isCompressed, int cutOffInALine)
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write(
            "whosaw.yaml", Configuration.Replace("path: web.log", "path: '{stream}.log*'", StringComparison.Ordinal));
        evidence.Folder.Write("web.log", Lines(0, 300)[..^cutOffInALine]);
        Assert.Equal(0, evidence.Scan(configuration).Status);

        var rotated = evidence.Folder.At("web.log.1");
        File.WriteAllText(rotated, Lines(0, 700));
        if (isCompressed)
            Compress(rotated);
        evidence.Folder.Write("web.log", Lines(700, 900));
        Assert.Equal(0, evidence.Scan(configuration).Status);
        AssertEachLineOnce(evidence, 900);

        if (!isCompressed)
            Compress(rotated);
        Assert.Equal(0, evidence.Scan(configuration).Status);
        AssertEachLineOnce(evidence, 900);
        Assert.Empty(evidence.Contents.SourceChanges);
        Assert.Empty(LedgerVerification.Run(evidence.Ledger, new VerificationOptions()).Faults);
    }

    [Fact]
    public void Of_a_log_and_its_copies_in_one_run_only_the_longest_is_read_and_that_is_said()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write(
            "whosaw.yaml", Configuration.Replace("path: web.log", "path: '{stream}.log*'", StringComparison.Ordinal));
        evidence.Folder.Write("web.log", Lines(0, 700));
        evidence.Folder.Write("web.log.1", Lines(0, 500));
        evidence.Folder.Write("web.log.2", Lines(0, 700));
        Compress(evidence.Folder.At("web.log.2"));
        evidence.Folder.Write("web.log.3", Lines(0, 1) + Lines(700, 900));
        var said = evidence.Scan(configuration);
        Assert.Equal(0, said.Status);
        Assert.Contains(
            "web.log.1 is not read: all of it stands at the beginning of", said.Out, StringComparison.Ordinal);
        Assert.Equal(901, evidence.Contents.Sources.Sum(source => source.Lines));
    }

    private static void Compress(string path)
    {
        using (var plain = File.OpenRead(path))
        using (var zip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest))
            plain.CopyTo(zip);
        File.Delete(path);
    }

    private static void AssertEachLineOnce(Evidence evidence, int lines)
    {
        Assert.Equal(lines, evidence.Contents.Segments.Sum(segment => segment.Rows));
        var scope = Whosaw.Run("scope", "--ledger", evidence.Ledger, "--where", "operation = 'profile'", "--json", "-");
        Assert.Equal(lines, JsonDocument.Parse(scope.Out).RootElement.GetProperty("views").GetInt32());
    }

    private static string Accesses(Evidence evidence) =>
        string.Concat(Enumerable.Range(0, 7).Select(id => Whosaw.Run(
            "person", id.ToString(CultureInfo.InvariantCulture), "--ledger", evidence.Ledger, "--json").Out));

    private static string Lines(int from, int to)
    {
        var text = new StringBuilder();
        for (var line = from; line < to; line++)
        {
            var time = new DateTime(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc).AddSeconds(line);
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.{line % 5} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /members/{line % 7} HTTP/1.1\" ")
                .Append(CultureInfo.InvariantCulture, $"200 {line} \"-\" \"browser/1.0 (line {line})\"\n");
        }
        return text.ToString();
    }
}
