using System.Globalization;
using System.Text.Json;
using WhoSaw.EndToEnd.Tests.Scanning;
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
        Assert.True(Comparison.Until(() => Comparison.Lines(shop.Evidence.Contents) >= shop.AllLines), watch.Said);
        Assert.Equal(1, watch.End());

        Comparison.IsThatOfAScan(shop);
        // A kill between sending and noting sends it again, the same under the same delivery: no other is repeated.
        var news = File.ReadLines(shop.Evidence.Folder.At("news.jsonl")).Distinct()
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
        Assert.Equal(shop.AllLines, Comparison.Lines(shop.Evidence.Contents));
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
}
