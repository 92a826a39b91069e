using System.Security.Cryptography;
using System.Text;
using WhoSaw.Cli.Verbs;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;
using Xunit;
using Evidence = WhoSaw.EndToEnd.Tests.Scanning.Evidence;

namespace WhoSaw.EndToEnd.Tests.Ledgers;

public sealed class RawLineTests
{
    private const string Configuration = """
        version: 1
        sources: [{id: web, kind: access, path: '{stream}.log', format: combined}]
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

        """;

    private static readonly EventTime Noon = EventTime.FromMinute(29_000_000);

    [Fact]
    public void The_line_of_a_log_that_is_gone_is_shown_where_logs_are_kept()
    {
        using var evidence = new Evidence();
        evidence.Folder.Write("whosaw.yaml", Configuration);
        var lines = Enumerable.Range(0, 40).Select(line => $"192.0.2.{line} - - [14/Apr/2025:00:00:{line:D2} +0000] "
            + $"\"GET /members/{line * 48_271L % 899_981} HTTP/1.1\" 200 512").ToList();
        evidence.Folder.Write("web.log", string.Concat(lines.Select(line => line + " \"-\" \"Mozilla/5.0\"\n")));
        Assert.Equal(0, evidence.Scan(evidence.Folder.At("whosaw.yaml"), "--keep-originals").Status);
        File.Delete(evidence.Folder.At("web.log"));
        using var raw = new RawLines(evidence.Contents, folder: null);
        var segment = Assert.Single(evidence.Contents.Segments);
        long offset = 0;
        for (var line = 0; line < 40; line++)
        {
            var row = Row("web", "web.log", segment.First.Plus(line * EventTime.Second), offset);
            Assert.StartsWith(lines[line], Assert.Single(raw.Read(row).Lines), StringComparison.Ordinal);
            offset += lines[line].Length + " \"-\" \"Mozilla/5.0\"\n".Length;
        }
        Assert.StartsWith(lines[3], Assert.Single(
            raw.Read(Row("web", "web.log", segment.First, Offset(lines, 3))).Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_a_kept_log_that_grew_are_shown_from_both_its_parts()
    {
        using var evidence = new Evidence();
        evidence.Folder.Write("whosaw.yaml", Configuration);
        var lines = Enumerable.Range(0, 6).Select(line => $"192.0.2.{line} - - [14/Apr/2025:00:00:{line:D2} +0000] "
            + $"\"GET /members/{line * 48_271L % 899_981} HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n").ToList();
        foreach (var count in new[] { 4, 6 })
        {
            evidence.Folder.Write("web.log", string.Concat(lines.Take(count)));
            Assert.Equal(0, evidence.Scan(evidence.Folder.At("whosaw.yaml"), "--keep-originals").Status);
        }
        File.Delete(evidence.Folder.At("web.log"));
        Assert.Equal(2, evidence.Contents.Originals.Count);
        using var raw = new RawLines(evidence.Contents, folder: null);
        var start = evidence.Contents.Segments.Min(segment => segment.First);
        foreach (var line in new[] { 5, 0, 3, 4 })
        {
            var offset = lines.Take(line).Sum(text => text.Length);
            var row = Row("web", "web.log", start.Plus(line * EventTime.Second), offset);
            Assert.Equal(lines[line], Assert.Single(raw.Read(row).Lines) + "\n");
        }
    }

    [Fact]
    public void All_lines_of_a_record_are_shown_and_those_of_another_log_are_not()
    {
        using var evidence = new Evidence();
        const string first = "2025-04-14 12:00:00.000 UTC,\"app\",\"SELECT name\nFROM member\nWHERE id = 7\",1\n";
        const string second = "2025-04-14 12:00:01.000 UTC,\"app\",\"SELECT 1\",2\n";
        var bytes = Encoding.UTF8.GetBytes(first + second);
        evidence.Folder.Write("pg.log", first + second);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var source = new SourceEntry(
            "pg", "pg", "pg.log", bytes.Length, digest, 2, 2, 0, 0, Noon, Noon, false)
        { Framing = "quoted-lines" };
        var contents = new LedgerContents(evidence.Folder.Path, [], [], [], null, null, [], [source], []);
        using (var raw = new RawLines(contents, evidence.Folder.Path))
        {
            var lines = raw.Read(Row("pg", "pg.log", Noon, 0)).Lines;
            Assert.Equal(["FROM member", "WHERE id = 7\",1"], lines.Skip(1));
            Assert.Single(raw.Read(Row("pg", "pg.log", Noon, first.Length)).Lines);
        }
        evidence.Folder.Write("pg.log", first.Replace('7', '8') + second);
        using var other = new RawLines(contents, evidence.Folder.Path);
        var (shown, why) = other.Read(Row("pg", "pg.log", Noon, 0));
        Assert.Empty(shown);
        Assert.Equal("pg.log is not the log that was read", why);
    }

    private static long Offset(List<string> lines, int line) =>
        lines.Take(line).Sum(each => each.Length + " \"-\" \"Mozilla/5.0\"\n".Length);

    private static RecordRow Row(string source, string file, EventTime time, long offset) => new()
    {
        Time = time,
        Source = source,
        Stream = source,
        File = file,
        Offset = offset,
    };
}
