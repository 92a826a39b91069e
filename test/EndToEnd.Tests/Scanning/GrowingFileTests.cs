using System.Globalization;
using System.Text;
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
