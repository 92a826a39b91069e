using System.Globalization;
using System.Text;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>Which lines a ledger has, when logs of several streams begin alike or are named otherwise than before.</summary>
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

    private static long Records(Evidence evidence)
    {
        var contents = evidence.Contents;
        var rows = contents.Segments.Sum(segment => segment.Rows);
        Assert.Equal(rows, contents.Sources.Sum(source => source.Records));
        return rows;
    }

    private static string Lines(int from, int to)
    {
        var text = new StringBuilder();
        for (var line = from; line < to; line++)
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.1 - - [14/Apr/2025:09:{line / 60:00}:{line % 60:00} +0000] \"GET /members/7 HTTP/1.1\" 200 2\n");
        return text.ToString();
    }
}
