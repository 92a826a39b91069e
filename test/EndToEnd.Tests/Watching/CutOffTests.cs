using WhoSaw.Cli;
using WhoSaw.Cli.Scanning;
using WhoSaw.Cli.Verbs;
using WhoSaw.Cli.Watching;
using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Watching;

/// <summary>A watch that commits and saves all the time, cut off again and again, and one whose disk is full.</summary>
public sealed class CutOffTests
{
    private sealed class PowerFails : Exception;

    /// <summary>The system's, until the power fails: then nothing goes on.</summary>
    private sealed class Power : TimeProvider
    {
        public volatile bool Fails;

        public override long GetTimestamp() => Fails ? throw new PowerFails() : base.GetTimestamp();
    }

    [Fact]
    public async Task A_watch_that_saves_at_every_few_lines_leaves_what_one_scan_leaves_however_often_it_is_cut_off()
    {
        using var shop = new GrowingShop(seed: 9);
        var random = new Random(3);
        for (var cut = 0; cut < 25; cut++)
        {
            var power = new Power();
            var words = TextWriter.Synchronized(new StringWriter());
            var host = new Host(words, words, () => Stream.Null, () => Stream.Null, power);
            var running = Task.Run(() => new WatchVerb(host).Run(Request(shop), null, null));
            for (var lines = random.Next(100, 400); lines > 0; lines -= 20)
            {
                shop.Write(20);
                await Task.Delay(random.Next(15), TestContext.Current.CancellationToken);
            }
            if (cut % 6 == 5)
                shop.Rotate(copies: cut % 12 == 5);
            if (cut % 3 > 0)
                Assert.True(
                    Comparison.Until(() => Comparison.Lines(shop.Evidence.Contents) >= shop.AllLines),
                    words.ToString());
            power.Fails = true;
            await Assert.ThrowsAsync<PowerFails>(() => running);
        }
        Finish(shop);
        Comparison.IsThatOfAScan(shop);
    }

    [Fact]
    public void Nothing_is_lost_where_the_disk_is_full_for_a_while()
    {
        using var shop = new GrowingShop(seed: 10);
        using var disk = TinyDisk.TryMount(shop.Evidence.Ledger, "640k");
        Assert.SkipWhen(disk is null, "a disk in memory");
        shop.Write(500);
        using (var full = new Watch(Arguments(shop)))
        {
            Assert.True(full.WaitFor("watching"), full.Said);
            for (var more = 0; more < 600 && !full.HasEnded; more++)
            {
                shop.Write(500);
                Thread.Sleep(20);
            }
            Assert.True(Comparison.Until(() => full.HasEnded), "it goes on writing");
            Assert.Contains("whosaw: ", full.Said, StringComparison.Ordinal);
            Assert.Contains("space", full.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", full.Said, StringComparison.Ordinal);
        }
        Assert.True(disk.TryGrow("200m"));
        Finish(shop);
        Comparison.IsThatOfAScan(shop);
    }

    [Fact]
    public void A_scan_after_a_watch_that_was_killed_says_what_it_does_not_know()
    {
        using var shop = new GrowingShop(seed: 11);
        using (var killed = new Watch(Arguments(shop)))
        {
            Assert.True(killed.WaitFor("watching"), killed.Said);
            shop.Write(500);
            Assert.True(Comparison.Until(() => Comparison.Lines(shop.Evidence.Contents) > 0), killed.Said);
            killed.Kill();
        }
        var said = shop.Evidence.Scan(shop.ConfigurationPath);
        Assert.Contains("a watch that did not end", string.Join(' ', said.Out.Split()), StringComparison.Ordinal);
        Finish(shop);
        Assert.DoesNotContain("did not end", shop.Evidence.Scan(shop.ConfigurationPath).Out, StringComparison.Ordinal);
    }

    private static void Finish(GrowingShop shop)
    {
        using var watch = new Watch(Arguments(shop));
        Assert.True(watch.WaitFor("watching"), watch.Said);
        shop.Write(500);
        Assert.True(Comparison.Until(() => Comparison.Lines(shop.Evidence.Contents) >= shop.AllLines), watch.Said);
        Assert.Equal(1, watch.End());
    }

    private static string[] Arguments(GrowingShop shop) =>
    [
        "--config", shop.ConfigurationPath, "--ledger", shop.Evidence.Ledger, "--fingerprint-key",
        shop.Evidence.KeyPath, "--commit-every", "1", "--save-every", "1",
    ];

    private static WatchRequest Request(GrowingShop shop) => new()
    {
        Scan = new ScanRequest
        {
            Config = shop.ConfigurationPath,
            Ledger = shop.Evidence.Ledger,
            FingerprintKey = shop.Evidence.KeyPath,
            Threads = 2,
        },
        CommitEvery = TimeSpan.Zero,
        SaveEvery = TimeSpan.Zero,
    };
}
