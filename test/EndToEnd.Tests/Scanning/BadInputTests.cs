using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>
/// Every wrong input gets a sentence and its exit status (0 nothing, 1 findings, 2 usage or configuration, 3 some input
/// was not read), and the ledger holds afterwards what could be read, whole.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private const string Sources = "sources: [{id: web, kind: access, path: 'logs/*.log*', format: combined}]\n";
    private const string Routes = "routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]\n";

    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    [Theory]
    [InlineData("version: 1\nsorces: []\n", "sorces")]
    [InlineData("version: 1\n" + Sources + "routes:\n"
        + "  - {route: 'GET /members/{subject}', name: profile, shows: [name]}\n"
        + "  - {route: 'GET /members/{subject}', name: card, shows: [card]}\n", "can never match")]
    [InlineData(
        "version: 1\nsources: [{id: web, kind: access, path: 'logs/*', format: combinde}]\n" + Routes, "combined")]
    [InlineData("version: 1\nsources: [{id: web, kind: access, path: nowhere.log, format: combined}]\n" + Routes,
        "nowhere.log")]
    [InlineData("version: [\n", "")]
    [InlineData("\0\u0001\u0002", "")]
    [InlineData("", "")]
    public void A_configuration_that_is_not_understood_runs_nothing(string text, string named)
    {
        Log("web.log", Lines(10));
        var said = _evidence.Scan(_evidence.Folder.Write("whosaw.yaml", text));
        Assert.Equal(2, said.Status);
        Assert.Contains(named, said.Error, StringComparison.Ordinal);
        Assert.Contains("whosaw.yaml:", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_evidence.Ledger));
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "many")]
    [InlineData("--keep", "some")]
    [InlineData("--from", "yesterday")]
    [InlineData("--from", "2025-04-15", "--to", "2025-04-14")]
    [InlineData("--report", "no/such/folder/report.html")]
    public void A_wrong_option_is_named(params string[] options)
    {
        Log("web.log", Lines(10));
        var said = _evidence.Scan(Configuration(), options);
        Assert.Equal(2, said.Status);
        Assert.Contains(options.First(option => said.Error.Contains(option, StringComparison.Ordinal)), said.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_evidence.Ledger));
    }

    [Theory]
    [InlineData("no-such.yaml")]
    [InlineData(".")]
    public void A_configuration_that_cannot_be_read_is_named(string name)
    {
        var said = _evidence.Scan(_evidence.Folder.At(name));
        Assert.Equal(2, said.Status);
        Assert.Contains(name, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_not_there_does_not_stop_the_others()
    {
        var log = Log("web.log", Lines(10));
        var said = Whosaw.Run("scan", _evidence.Folder.At("none.log"), _evidence.Folder.Path, log);
        Assert.Contains("none.log", said.Error + said.Out, StringComparison.Ordinal);
        Assert.Contains("folder", said.Error + said.Out, StringComparison.Ordinal);
        Assert.Equal(3, said.Status);
    }

    [Fact]
    public void Half_a_gzip_gives_its_half_and_says_so()
    {
        var whole = Compressed(Lines(4000));
        File.WriteAllBytes(Log("web.log.gz", ""), whole[..(whole.Length / 2)]);
        var said = _evidence.Scan(Configuration());
        Assert.Equal(3, said.Status);
        Assert.Contains("web.log.gz", said.Out, StringComparison.Ordinal);
        var source = Assert.Single(_evidence.Contents.Sources);
        Assert.True(source.Truncated);
        Assert.InRange(Rows(), 500, 3999);
    }

    [Fact]
    public void A_damaged_gzip_is_said_to_be_one()
    {
        var bytes = Compressed(Lines(4000));
        bytes.AsSpan(bytes.Length / 2, 200).Fill(0x55);
        File.WriteAllBytes(Log("web.log.gz", ""), bytes);
        Assert.Equal(3, _evidence.Scan(Configuration()).Status);
        Assert.InRange(Rows(), 1, 3999);
    }

    [Fact]
    public void Bytes_that_are_no_log_are_counted_and_kept()
    {
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(Log("noise.log", ""), bytes);
        Log("web.log", Lines(20));
        var said = _evidence.Scan(Configuration());
        Assert.Equal(3, said.Status);
        var noise = _evidence.Contents.Sources.Single(
            source => source.File.EndsWith("noise.log", StringComparison.Ordinal));
        Assert.Equal((bytes.Length, noise.Lines), (noise.Size, noise.Rejects));
        Assert.NotEqual(0, noise.Rejects);
        Assert.Equal(20, Rows());
    }

    [Fact]
    public void A_line_of_megabytes_is_one_reject_and_the_lines_around_it_are_read()
    {
        Log("web.log", Lines(5) + new string('x', 5_000_000) + "\n" + Lines(5));
        Assert.Equal(0, _evidence.Scan(Configuration()).Status);
        var source = Assert.Single(_evidence.Contents.Sources);
        Assert.Equal((11L, 10L, 1L), (source.Lines, source.Records, source.Rejects));
    }

    [Fact]
    public void A_file_of_zeros_without_a_line_end_is_one_reject()
    {
        var isHuge = Environment.GetEnvironmentVariable("WHOSAW_HUGE") == "1";
        using (var file = File.Create(Log("web.log", "")))
            file.SetLength(isHuge ? 3L << 30 : 100 << 20);
        Assert.Equal(3, _evidence.Scan(Configuration()).Status);
        var source = Assert.Single(_evidence.Contents.Sources);
        Assert.Equal((1L, 0L, 1L), (source.Lines, source.Records, source.Rejects));
    }

    [Fact]
    public void An_empty_file_is_nothing_found()
    {
        Log("web.log", "");
        Assert.Equal(0, _evidence.Scan(Configuration()).Status);
        Assert.Empty(_evidence.Contents.Segments);
    }

    [Fact]
    public void Another_fingerprint_key_is_refused_and_changes_nothing()
    {
        Log("web.log", Lines(10));
        _evidence.Scan(Configuration());
        Log("web-2.log", Lines(12));
        var rows = Rows();
        File.WriteAllBytes(_evidence.KeyPath, "fedcba9876543210"u8.ToArray());
        var said = _evidence.Scan(Configuration());
        Assert.Equal(2, said.Status);
        Assert.Contains("--fingerprint-key", said.Error, StringComparison.Ordinal);
        Assert.Equal(rows, Rows());
    }

    [Theory]
    [InlineData("short", "16 bytes")]
    [InlineData("", "16 bytes")]
    public void A_damaged_fingerprint_key_is_refused(string key, string named)
    {
        Log("web.log", Lines(10));
        File.WriteAllText(_evidence.KeyPath, key);
        var said = _evidence.Scan(Configuration());
        Assert.Equal(2, said.Status);
        Assert.Contains(named, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_another_run_writes_is_left_to_it()
    {
        Log("web.log", Lines(10));
        _evidence.Scan(Configuration());
        using (Ledger.LedgerWriter.Open(_evidence.Ledger, new Records.Catalog([]), new Ledger.LedgerOptions()))
        {
            Log("web-2.log", Lines(12));
            var said = _evidence.Scan(Configuration());
            Assert.Equal(2, said.Status);
            Assert.Contains(_evidence.Ledger, said.Error, StringComparison.Ordinal);
        }
        Assert.Equal(10, Rows());
        Assert.Equal(0, _evidence.Scan(Configuration()).Status);
        Assert.Equal(22, Rows());
    }

    [Fact]
    public void A_folder_of_something_else_is_no_ledger()
    {
        Log("web.log", Lines(10));
        File.WriteAllText(_evidence.Ledger, "a file");
        var said = _evidence.Scan(Configuration());
        Assert.Equal(2, said.Status);
        Assert.Equal("a file", File.ReadAllText(_evidence.Ledger));
    }

    [Fact]
    public void A_log_without_permission_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "the superuser may read all");
        var log = Log("web.log", Lines(10));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(log, UnixFileMode.None);
        var said = _evidence.Scan(Configuration());
        Assert.NotEqual(0, said.Status);
        Assert.Contains("permission", said.Error + said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void One_name_of_many_that_leads_nowhere_is_said_and_the_others_are_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links are for administrators there");
        Log("web.log", Lines(10));
        File.CreateSymbolicLink(_evidence.Folder.At("logs/current.log"), "nowhere");
        var said = _evidence.Scan(Configuration());
        Assert.Equal(3, said.Status);
        Assert.Contains("logs/current.log does not exist", Flat(said.Out), StringComparison.Ordinal);
        Assert.Equal(10, _evidence.Contents.Segments.Sum(segment => segment.Rows));
    }

    [Fact]
    public void A_pipe_is_no_log_and_holds_nobody_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with a name");
        Log("web.log", Lines(10));
        using (var made = Process.Start("mkfifo", _evidence.Folder.At("logs/pipe.log")))
            made.WaitForExit();
        var said = _evidence.Scan(Configuration());
        Assert.Equal(3, said.Status);
        Assert.Contains("give its bytes to standard input", Flat(said.Out), StringComparison.Ordinal);
        Assert.Equal(3, _evidence.Scan(Configuration(), _evidence.Folder.At("logs/pipe.log")).Status);
    }

    [Fact]
    public void A_log_of_which_no_line_is_understood_is_named()
    {
        Log("web.log", Lines(10));
        File.WriteAllText(_evidence.Folder.At("logs/wide.log"), Lines(10), Encoding.Unicode);
        var said = _evidence.Scan(Configuration());
        Assert.Equal(3, said.Status);
        Assert.Contains(
            "logs/wide.log: of its 10 lines none reads as combined", Flat(said.Out), StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_before_a_line_are_none_of_its_client()
    {
        Log("web.log", new string('\0', 5000)
            + "192.0.2.9 - - [14/Apr/2025:09:00:00 +0000] \"GET /members/7 HTTP/1.1\" 200 7\n");
        Assert.Equal(0, _evidence.Scan(Configuration()).Status);
        Assert.Contains(
            "\"client\":\"192.0.2.9\"", Whosaw.Run("person", "7", "--ledger", _evidence.Ledger, "--json").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_stops_the_run_before_it_lies()
    {
        using var disk = TinyDisk.TryMount(_evidence.Folder.At("disk"), "64k");
        Assert.SkipWhen(disk is null, "no small disk can be mounted here");
        Log("web.log", Lines(40_000));
        var ledger = Path.Combine(disk.Path, "ledger");
        var said = Whosaw.Run("scan", "--config", Configuration(), "--ledger", ledger,
            "--fingerprint-key", _evidence.KeyPath);
        Assert.Equal(2, said.Status);
        Assert.NotEqual("", said.Error);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        if (File.Exists(Path.Combine(ledger, "log.jsonl")))
            Assert.Empty(WhoSaw.Ledger.LedgerContents.Read(ledger).Segments);
    }

    private long Rows() => _evidence.Contents.Segments.Sum(segment => segment.Rows);

    private string Configuration() => _evidence.Folder.Write("whosaw.yaml", "version: 1\n" + Sources + Routes);

    private string Log(string name, string text) => _evidence.Folder.Write(Path.Combine("logs", name), text);

    /// <summary>A page without the ends of its lines.</summary>
    private static string Flat(string page) =>
        string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Compressed(string text)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stored.ToArray();
    }

    private static string Lines(int count)
    {
        var text = new StringBuilder();
        var random = new Random(count);
        for (var line = 0; line < count; line++)
        {
            var time = new DateTime(2025, 4, 14, 9, 0, 0, DateTimeKind.Utc).AddSeconds(line * 0.5);
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.{random.Next(250)} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET "
                    + $"/members/{random.Next(100_000)}")
                .Append(CultureInfo.InvariantCulture,
                    $" HTTP/1.1\" 200 {random.Next(65_000)} \"-\" \"browser/1.0\"\n");
        }
        return text.ToString();
    }
}
