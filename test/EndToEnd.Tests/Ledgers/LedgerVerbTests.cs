using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Ledgers;

public sealed class LedgerVerbTests : IDisposable
{
    private readonly Evidence _evidence = new();

    private string Config => _evidence.Folder.At("whosaw.yaml");

    [Fact]
    public void A_scope_is_the_same_before_and_after_compaction()
    {
        for (var part = 0; part < 6; part++)
        {
            Write($"web-{part}.log", part);
            Assert.Equal(0, _evidence.Scan(Config).Status);
        }
        var segments = _evidence.Contents.Segments.Count;
        Assert.True(segments >= 6, $"{segments} segments");
        var before = Scope();
        var said = Whosaw.Run("ledger", "compact", "--ledger", _evidence.Ledger);
        Assert.Equal(0, said.Status);
        Assert.Contains($"{segments} segments of 300 records became 1", said.Out, StringComparison.Ordinal);
        Assert.Single(_evidence.Contents.Segments);
        Assert.Equal(before, Scope());
        var verified = Whosaw.Run("ledger", "verify", "--ledger", _evidence.Ledger);
        Assert.Contains("The totals are those of the records", verified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_ledger_or_no_key_is_said_in_the_first_line_with_exit_status_2()
    {
        Write("web-0.log", 0);
        Assert.Equal(0, _evidence.Scan(Config).Status);
        var folder = _evidence.Folder.At("empty");
        Directory.CreateDirectory(folder);
        Refused(Whosaw.Run("ledger", "verify", "--ledger", folder), "is not a ledger: it has no checkpoint");
        Refused(Whosaw.Run("ledger", "verify", "--ledger", folder + "/none"), "is not a ledger");
        Refused(Whosaw.Run("ledger", "status", "--ledger", folder), "is not a ledger");
        Refused(Whosaw.Run("ledger", "verify", "--ledger", _evidence.Ledger, "--key", "none"), "neither a public key");
        Refused(Whosaw.Run("ledger", "check", folder), "there is no file");
        var segment = _evidence.Contents.Segments[0];
        File.Delete(_evidence.Contents.PathOf(segment.Name));
        Refused(Whosaw.Run("scope", "--ledger", _evidence.Ledger, "--where", "subject = 1"),
            $"lacks {segment.Name}, which entry");
        Assert.Equal(1, Whosaw.Run("ledger", "verify", "--ledger", _evidence.Ledger).Status);
    }

    [Fact]
    public void Logs_that_are_gone_shorter_or_others_than_they_were_are_said_once()
    {
        foreach (var part in new[] { 0, 1, 2, 3 })
            Write($"web-{part}.log", part);
        Assert.Equal(0, _evidence.Scan(Config).Status);
        File.Delete(_evidence.Folder.At("web-0.log"));
        var text = File.ReadAllText(_evidence.Folder.At("web-1.log"));
        File.WriteAllText(_evidence.Folder.At("web-1.log"), text[..(text.Length / 2)]);
        Write("web-2.log", 9);
        _evidence.Scan(Config);
        _evidence.Scan(Config);
        var changes = _evidence.Contents.SourceChanges.Select(change => (change.File, change.How)).Order();
        Assert.Equal(
            [
                ("web-0.log", SourceChange.Vanished), ("web-1.log", SourceChange.Shrank),
                ("web-2.log", SourceChange.Changed),
            ], changes);
        Assert.Equal(3, LedgerJournal.Read(_evidence.Ledger).OfType<SourceChanged>().Count());
        var page = _evidence.Folder.At("status.html");
        var said = Whosaw.Run("ledger", "status", "--ledger", _evidence.Ledger, "--report", page);
        Assert.Contains("web-0.log: is gone since it was read", said.Out, StringComparison.Ordinal);
        Assert.Contains("<caption>2025-04</caption>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_that_belongs_to_the_ledger_is_taken_up_and_no_other()
    {
        Write("web-0.log", 0);
        Assert.Equal(0, _evidence.Scan(Config).Status);
        var state = StateFile();
        Assert.StartsWith("detection-" + _evidence.Contents.DetectionState![..32], Path.GetFileName(state),
            StringComparison.Ordinal);
        // a run that was killed before its commit leaves its state, which is nobody's
        File.WriteAllText(_evidence.Folder.At("ledger/state/detection-" + new string('0', 32)), "x");
        Write("web-1.log", 1);
        Assert.DoesNotContain("state of detection", _evidence.Scan(Config).Out, StringComparison.Ordinal);
        File.WriteAllText(StateFile(), "another");
        Write("web-2.log", 2);
        Assert.Contains("missing or damaged", Joined(_evidence.Scan(Config).Out), StringComparison.Ordinal);
        Assert.Equal(300 / 2, _evidence.Contents.Segments.Sum(segment => segment.Rows));

        string StateFile() => Assert.Single(Directory.GetFiles(_evidence.Folder.At("ledger/state"), "detection-*"));
    }

    [Fact]
    public void A_read_only_disk_is_refused_and_the_ledger_on_it_can_be_read()
    {
        using var disk = TinyDisk.TryMount(_evidence.Folder.At("disk"), "4m");
        Assert.SkipWhen(disk is null, "this system does not let us mount a disk");
        var ledger = Path.Combine(disk.Path, "ledger");
        Write("web-0.log", 0);
        Assert.Equal(0, Whosaw.Run(
            "scan", "--config", Config, "--ledger", ledger, "--fingerprint-key", _evidence.KeyPath).Status);
        Assert.SkipUnless(disk.TryMakeReadOnly(), "this system does not let us make a disk read-only");
        Write("web-1.log", 1);
        var refused = Whosaw.Run(
            "scan", "--config", Config, "--ledger", ledger, "--fingerprint-key", _evidence.KeyPath);
        Refused(refused, "read-only", "not writable", "no permission");
        Refused(Whosaw.Run("ledger", "hold", "--ledger", ledger, "--reason", "an order"), "read-only", "no permission");
        Assert.Equal(0, Whosaw.Run("ledger", "verify", "--ledger", ledger).Status);
        Assert.Equal(0, Whosaw.Run("ledger", "status", "--ledger", ledger).Status);
    }

    [Fact]
    public void An_excerpt_by_a_predicate_and_a_time_is_checked_and_says_what_it_is()
    {
        Write("web-0.log", 0);
        _evidence.Scan(Config);
        var bundle = _evidence.Folder.At("b.zip");
        var said = Whosaw.Run(
            "ledger", "export", "--ledger", _evidence.Ledger, "--where", "subject = 437897", "--from",
            "2025-04-14T00:00:00Z", "--out", bundle);
        Assert.Contains("An excerpt of 1 records", said.Out, StringComparison.Ordinal);
        var check = Whosaw.Run("ledger", "check", bundle);
        Assert.Equal(0, check.Status);
        Assert.Contains("only the files themselves prove", check.Out, StringComparison.Ordinal);
        Refused(Whosaw.Run(
            "ledger", "export", "--ledger", _evidence.Ledger, "--case", "C9", "--out", bundle + "2"), "no case C9");
    }

    [Fact]
    public void A_key_is_changed_and_the_ledger_goes_on_with_the_new_one()
    {
        Write("web-0.log", 0);
        _evidence.Scan(Config);
        var key = _evidence.Folder.At("new.key");
        var said = Whosaw.Run(
            "ledger", "change-key", "--ledger", _evidence.Ledger, "--new-key", key, "--reason", "a custodian left");
        Assert.Equal(0, said.Status);
        Write("web-1.log", 1);
        Assert.Contains("signed with another key", _evidence.Scan(Config).Error, StringComparison.Ordinal);
        var verified = Whosaw.Run("ledger", "verify", "--ledger", _evidence.Ledger);
        Assert.Equal(0, verified.Status);
        Assert.Contains(Ed25519.TextOf(SigningKeyFile.Load(key).PublicKey.Span).Split('+')[2], verified.Out,
            StringComparison.Ordinal);
    }

    public void Dispose() => _evidence.Dispose();

    private static void Refused(Said said, params string[] because)
    {
        Assert.Equal(2, said.Status);
        var first = said.Error.Split('\n')[0];
        Assert.True(because.Any(text => first.Contains(text, StringComparison.Ordinal)), first);
    }

    private static string Joined(string page) => string.Join(
        ' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private (string Csv, string Json) Scope()
    {
        var (csv, json) = (_evidence.Folder.At("scope.csv"), _evidence.Folder.At("scope.json"));
        var said = Whosaw.Run(
            "scope", "--ledger", _evidence.Ledger, "--where", "subject > 0", "--out", csv, "--json", json);
        Assert.Equal(0, said.Status);
        // a scope names the segments that it read: these alone are others
        var summary = JsonNode.Parse(File.ReadAllText(json))!.AsObject();
        foreach (var part in summary.Select(each => each.Value).OfType<JsonObject>().Append(summary).ToList())
            part.Remove("segments");
        return (File.ReadAllText(csv), summary.ToJsonString());
    }

    private void Write(string name, int part)
    {
        _evidence.Folder.Write("whosaw.yaml", """
            version: 1
            sources: [{id: web, kind: access, path: '{stream}.log', format: combined}]
            routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

            """);
        var text = new StringBuilder();
        for (var line = 0; line < 50; line++)
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.{line} - - [14/Apr/2025:0{part}:00:{line:D2} +0000] ")
                .Append(CultureInfo.InvariantCulture,
                $"\"GET /members/{100_000 + (line + part) * 48_271L % 800_000} HTTP/1.1\" 200 512 \"-\" \"Mozilla\"\n");
        _evidence.Folder.Write(name, text.ToString());
    }
}
