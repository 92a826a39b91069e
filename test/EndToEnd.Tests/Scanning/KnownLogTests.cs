using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>
/// Which lines a ledger has, when logs of several streams begin alike or are named otherwise than before.
/// </summary>
public sealed class KnownLogTests
{
    private const string Configuration = """
        version: 1
        sources: [{id: web, kind: access, path: '{stream}.log', format: combined}]
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

        """;

    [Fact]
    public void Idle_nodes_that_log_the_same_lines_lose_none_to_each_other()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        evidence.Folder.Write("gw1.log", Lines(0, 50));
        evidence.Folder.Write("gw2.log", Lines(0, 40));
        evidence.Scan(configuration);
        Assert.Equal(90, Records(evidence));

        evidence.Folder.Write("gw1.log", Lines(0, 100));
        evidence.Folder.Write("gw2.log", Lines(0, 90));
        evidence.Scan(configuration);
        Assert.Equal(190, Records(evidence));

        // a third node, with as much as another had when it was read, and with more
        evidence.Folder.Write("gw3.log", Lines(0, 100));
        evidence.Scan(configuration);
        Assert.Equal(290, Records(evidence));
        evidence.Folder.Write("gw4.log", Lines(0, 120));
        evidence.Scan(configuration);
        Assert.Equal(410, Records(evidence));
        evidence.Scan(configuration);
        Assert.Equal(410, Records(evidence));

        // gw1 was read twice and is one file
        Assert.Matches(@"web +gw1 +1 +100 +100 +0", Whosaw.Run("ledger", "status", "--ledger", evidence.Ledger).Out);
    }

    [Fact]
    public void A_source_of_another_name_goes_on_where_the_ledger_was_left()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        evidence.Folder.Write("gw1.log", Lines(0, 50));
        evidence.Scan(configuration);
        evidence.Folder.Write("whosaw.yaml", Configuration.Replace("id: web", "id: gateway", StringComparison.Ordinal));
        evidence.Scan(configuration);
        Assert.Equal(50, Records(evidence));
        evidence.Folder.Write("gw1.log", Lines(0, 80));
        evidence.Scan(configuration);
        Assert.Equal(80, Records(evidence));
    }

    [Fact]
    public void Logs_named_in_another_order_are_not_recorded_twice()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        var second = evidence.Folder.Write("b.log", Lines(0, 50));
        evidence.Scan(configuration, second);
        var first = evidence.Folder.Write("a.log", Lines(500, 600));
        evidence.Folder.Write("b.log", Lines(0, 80));
        evidence.Scan(configuration, first, second);
        Assert.Equal(180, Records(evidence));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void A_compressed_log_that_was_read_amid_its_copying_is_not_recorded_twice(double share)
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write(
            "whosaw.yaml", Configuration.Replace(".log", ".log.gz", StringComparison.Ordinal));
        var (log, whole) = (evidence.Folder.At("gw1.log.gz"), Gzip(Lines(0, 3000)));
        File.WriteAllBytes(log, whole[..(int)(whole.Length * share)]);
        Assert.Equal(3, evidence.Scan(configuration).Status);
        Assert.InRange(Records(evidence), 1, 2999);
        File.WriteAllBytes(log, whole);
        evidence.Scan(configuration);
        Assert.Equal(3000, Records(evidence));

        File.WriteAllBytes(log, [.. whole, .. Gzip(Lines(3000, 3100))]);
        evidence.Scan(configuration);
        Assert.Equal(3100, Records(evidence));
        evidence.Scan(configuration);
        Assert.Equal(3100, Records(evidence));
    }

    [Fact]
    public void What_a_scan_of_a_stretch_recorded_is_not_recorded_again()
    {
        using var evidence = new Evidence();
        var configuration = evidence.Folder.Write("whosaw.yaml", Configuration);
        evidence.Folder.Write("gw1.log", Lines(0, 600));
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("09:01", "09:02"), ("09:02", "09:04")])
            Assert.Equal(0, evidence.Scan(
                configuration, "--from", $"2025-04-14T{from}:00Z", "--to", $"2025-04-14T{to}:00Z").Status);
        Assert.Equal(180, evidence.Contents.Segments.Sum(segment => segment.Rows));

        var again = evidence.Scan(configuration, "--from", "2025-04-14T09:03:30Z", "--to", "2025-04-14T09:05:00Z");
        Assert.Equal(2, again.Status);
        Assert.Contains("of a scan with --from or --to", again.Error, StringComparison.Ordinal);
        Assert.Equal(2, evidence.Scan(configuration).Status);
        Assert.Equal(180, evidence.Contents.Segments.Sum(segment => segment.Rows));
    }

    private static long Records(Evidence evidence)
    {
        var contents = evidence.Contents;
        var rows = contents.Segments.Sum(segment => segment.Rows);
        Assert.Equal(rows, contents.Sources.Sum(source => source.Records));
        return rows;
    }

    private static byte[] Gzip(string text)
    {
        using var stored = new MemoryStream();
        using (var member = new GZipStream(stored, CompressionLevel.Optimal))
            member.Write(Encoding.ASCII.GetBytes(text));
        return stored.ToArray();
    }

    private static string Lines(int from, int to)
    {
        var text = new StringBuilder();
        for (var line = from; line < to; line++)
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.1 - - [14/Apr/2025:{9 + line / 3600:00}:{line / 60 % 60:00}:{line % 60:00} +0000] ")
                .Append("\"GET /members/7 HTTP/1.1\" 200 2\n");
        return text.ToString();
    }
}
