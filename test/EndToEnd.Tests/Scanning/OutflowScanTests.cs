using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>What leaves by a database, a web shell and a log, as a user sees it.</summary>
public sealed class OutflowScanTests : IDisposable
{
    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    private string Simulate(string scenario)
    {
        var folder = _evidence.Folder.At(scenario);
        SimulateVerb.WriteTo(
            folder, new ScenarioOptions { Scenario = scenario, Accounts = 3000, Days = 6 }, threads: 2);
        return Path.Combine(folder, "whosaw.yaml");
    }

    private JsonElement Outflow() =>
        Assert.Single(_evidence.Findings(), finding => finding.GetProperty("detector").GetString() == "outflow");

    [Fact]
    public void A_scope_of_rows_says_that_it_knows_no_people()
    {
        var said = _evidence.Scan(Simulate("database-outflow"));
        Assert.Equal(1, said.Status);
        // one of the 3,000 was deleted before
        Assert.Contains("2,999 rows known, people unknown: at most 2,999", said.Out, StringComparison.Ordinal);
        var (table, scope) = _evidence.Scope(Outflow().GetProperty("id").GetString()!);
        Assert.Empty(table);
        Assert.Equal(2999, scope.GetProperty("unnamed").GetProperty("rows").GetInt64());
        Assert.True(scope.GetProperty("people").GetProperty("atMost").GetInt64() >= 2999);
        Assert.True(scope.GetProperty("cannotTell").GetProperty("accounts").GetProperty("atMost").GetInt64() >= 2999);
        Assert.Contains("people unknown", scope.GetProperty("cannotTell").GetProperty("why").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_of_bytes_bounds_nobody_and_the_logs_that_left_are_named()
    {
        var said = _evidence.Scan(Simulate("web-shell"));
        Assert.Equal(1, said.Status);
        var finding = Outflow();
        Assert.Contains("resident numbers in clear", finding.GetProperty("evidence").ToString(),
            StringComparison.Ordinal);
        var spill = Assert.Single(
            _evidence.Findings(), each => each.GetProperty("kind").GetString() == "spill");
        Assert.Equal("high", spill.GetProperty("severity").GetString());
        // it says where and how many, and never what
        Assert.DoesNotMatch("[0-9]{6}-?[0-9]{7}", said.Out + File.ReadAllText(_evidence.FindingsPath));
        var (_, scope) = _evidence.Scope(finding.GetProperty("id").GetString()!);
        Assert.True(scope.GetProperty("unnamed").GetProperty("bytes").GetInt64() > 1_000_000_000);
        Assert.Equal(JsonValueKind.Null, scope.GetProperty("people").GetProperty("atMost").ValueKind);
    }

    [Fact]
    public void A_second_scan_says_what_is_open_and_sends_nothing_twice()
    {
        var configuration = Simulate("database-outflow");
        var file = _evidence.Folder.At("sent.jsonl");
        _evidence.Scan(configuration, "--output", "ocsf:" + file);
        var sent = File.ReadAllLines(file);
        Assert.NotEmpty(sent);
        var again = _evidence.Scan(configuration, "--output", "ocsf:" + file);
        Assert.Equal(1, again.Status);
        Assert.Contains("NOTHING NEW FOUND", again.Out, StringComparison.Ordinal);
        Assert.Contains("F1 is still open: hss_admin took", again.Out, StringComparison.Ordinal);
        Assert.Equal(sent, File.ReadAllLines(file));
    }

    [Fact]
    public void An_output_that_cannot_be_is_refused_before_anything_is_read()
    {
        var said = _evidence.Scan(Simulate("quiet"), "--output", "nowhere");
        Assert.Equal(2, said.Status);
        Assert.Contains("--output takes", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_evidence.Ledger));
    }

    [Fact]
    public void A_draft_of_a_cut_off_log_says_so()
    {
        var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 3000; i++)
                gzip.Write(Encoding.ASCII.GetBytes(
                    $"192.0.2.{i % 200} - - [14/Apr/2025:09:{i / 60 % 60:00}:{i % 60:00} +0000] "
                    + $"\"GET /members/{i * 7919 % 99991} HTTP/1.1\" 200 {i} \"-\" \"x\"\n"));
        var path = _evidence.Folder.At("cut.log.gz");
        File.WriteAllBytes(path, whole.ToArray()[..(int)(whole.Length * 2 / 3)]);
        var said = Whosaw.Run("init", path);
        Assert.Equal(3, said.Status);
        Assert.Contains("cut off or damaged", said.Error, StringComparison.Ordinal);
        Assert.Contains("format:", said.Out, StringComparison.Ordinal);
    }
}
