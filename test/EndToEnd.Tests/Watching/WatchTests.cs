using System.Globalization;
using System.Text.Json;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>The program followed, killed and restarted; 4 times, or as often as WHOSAW_KILLS says.</summary>
public sealed class WatchTests
{
    private const int LinesAStep = 1500;

    [Theory]
    [InlineData(false, 3600)]
    [InlineData(true, 3600)]
    [InlineData(false, 1)]
    public void A_watch_that_is_killed_again_and_again_leaves_what_one_scan_leaves(bool copies, int saveEvery)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var shop = new GrowingShop(seed: 5);
        var kills = int.Parse(Environment.GetEnvironmentVariable("WHOSAW_KILLS") ?? "4", CultureInfo.InvariantCulture);
        var random = new Random(saveEvery + (copies ? 1 : 0));
        string[] arguments =
        [
            "--config", shop.ConfigurationPath, "--ledger", shop.Evidence.Ledger, "--fingerprint-key",
            shop.Evidence.KeyPath, "--json", shop.Evidence.Folder.At("news.jsonl"), "--commit-every", "1",
            "--save-every", saveEvery.ToString(CultureInfo.InvariantCulture),
        ];
        for (var kill = 0; kill < kills; kill++)
        {
            using var killed = new Watch(arguments);
            var steps = random.Next(6, 20);
            for (var step = 0; step < steps; step++)
            {
                shop.Write(LinesAStep / 10);
                Thread.Sleep(random.Next(150));
            }
            if (random.Next(2) == 0)
                shop.Rotate(copies);
            killed.Kill();
            if (random.Next(2) == 0)
                shop.Write(LinesAStep / 10);
        }
        using var watch = new Watch(arguments);
        Assert.True(watch.WaitFor("watching"), watch.Said);
        shop.Write(LinesAStep);
        Assert.True(Until(() => Lines(shop.Evidence.Contents) >= shop.Written), watch.Said);
        Assert.Equal(1, watch.End());

        var watched = shop.Evidence.Contents;
        Assert.Empty(LedgerVerification.Run(shop.Evidence.Ledger, new VerificationOptions()).Faults);
        var scanned = Scanned(shop);
        Assert.Equal(Totals(scanned), Totals(watched));
        Assert.Equal(scanned.Segments.Sum(segment => segment.Rows), watched.Segments.Sum(segment => segment.Rows));
        Assert.Equal(Rejected(scanned), Rejected(watched));
        Assert.Equal(Scope(shop, "whole", "operation = 'profile'"), Scope(shop, "ledger", "operation = 'profile'"));
        Assert.Equal(Scope(shop, "whole", "unissued"), Scope(shop, "ledger", "unissued"));
        if (saveEvery > 1000)
            Assert.Equal(scanned.Findings.Select(Same).Order(), watched.Findings.Select(Same).Order());
        var news = File.ReadLines(shop.Evidence.Folder.At("news.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("delivery").GetString()).ToList();
        Assert.NotEmpty(news);
        Assert.Equal(news.Count, news.Distinct().Count());
        // What the watch has read a scan does not read again.
        var again = shop.Evidence.Scan(shop.ConfigurationPath);
        Assert.Contains(" 0 lines", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_is_told_within_a_second_of_its_line_and_metrics_are_served()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals");
        using var shop = new GrowingShop(seed: 6);
        shop.Write(500);
        using var watch = new Watch(
            "--config", shop.ConfigurationPath, "--ledger", shop.Evidence.Ledger, "--fingerprint-key",
            shop.Evidence.KeyPath, "--metrics", "19173");
        Assert.True(watch.WaitFor("watching"), watch.Said);
        shop.Write(600);
        Assert.True(watch.WaitFor("Key old-1 is still accepted", 10), watch.Said);
        using var client = new HttpClient();
        var stop = TestContext.Current.CancellationToken;
        var metrics = await client.GetStringAsync(new Uri("http://127.0.0.1:19173/metrics"), stop);
        Assert.Contains("# TYPE whosaw_lines_total counter", metrics, StringComparison.Ordinal);
        Assert.Contains("whosaw_bytes_behind{source=\"web\",stream=\"gw1\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("whosaw_findings{severity=\"high\"} ", metrics, StringComparison.Ordinal);
        var health = await client.GetStringAsync(new Uri("http://127.0.0.1:19173/health"), stop);
        Assert.Equal("alive\n", health);
        Assert.Equal(1, watch.End());
        Assert.Contains("ended", watch.Said, StringComparison.Ordinal);
        Assert.Equal(shop.Written + shop.Written / 50, Lines(shop.Evidence.Contents));
    }

    [Fact]
    public void What_cannot_be_followed_is_refused()
    {
        using var shop = new GrowingShop(seed: 7);
        Assert.Contains(
            "standard input cannot be followed",
            Whosaw.Run("watch", "-", "--ledger", shop.Evidence.Ledger).Error, StringComparison.Ordinal);
        Assert.Contains("Option '--ledger' is required", Whosaw.Run("watch", "x.log").Error, StringComparison.Ordinal);
        Assert.Contains(
            "--patience takes a number from 0",
            Whosaw.Run("watch", "x.log", "--ledger", "l", "--patience", "-1").Error, StringComparison.Ordinal);
    }

    private static LedgerContents Scanned(GrowingShop shop)
    {
        var whole = shop.Evidence.Folder.At("whole");
        var said = Whosaw.Run(
            "scan", "--config", shop.ConfigurationPath, "--ledger", whole, "--fingerprint-key", shop.Evidence.KeyPath);
        Assert.Equal(1, said.Status);
        return LedgerContents.Read(whole);
    }

    private static long Lines(LedgerContents ledger) => Coverage.Read(ledger).Sum(row => row.Lines)
        + ledger.Sources.Sum(source => source.Rejects);

    private static bool Until(Func<bool> holds)
    {
        for (var tries = 0; tries < 300; tries++, Thread.Sleep(100))
            if (holds())
                return true;
        return false;
    }

    private static List<string> Totals(LedgerContents ledger) =>
        [.. Coverage.Read(ledger).GroupBy(row => (row.Source, row.Stream, row.Minute, row.Operation, row.Outcome))
            .Select(group => $"{group.Key} {group.Sum(row => row.Lines)} {group.Sum(row => row.Bytes)}").Order()];

    private static string Scope(GrowingShop shop, string ledger, string where)
    {
        var path = shop.Evidence.Folder.At("compared.csv");
        var said = Whosaw.Run("scope", "--ledger", shop.Evidence.Folder.At(ledger), "--where", where, "--out", path);
        Assert.True(said.Status <= 1, said.Error);
        return File.ReadAllText(path);
    }

    // The files have other names by the time of the scan.
    private static IEnumerable<string> Rejected(LedgerContents ledger) =>
        Rejects.Read(ledger.Directory).Select(rejected => Convert.ToHexString(rejected.Line.Span)).Order();

    // A scan sorts the lines of a minute, a watch takes them as they come: which of two within a millisecond was the
    // last is told apart by their order alone.
    private static string Same(Finding finding) =>
        string.Join(" | ", finding.Detector, finding.Kind, finding.Severity, finding.Where, finding.First,
            finding.Last.Microseconds / 1000, finding.Raised, finding.Title, finding.Why,
            string.Join(", ", finding.Evidence));
}
