using System.Security.Cryptography;
using System.Text;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class KeptLogTests
{
    private static readonly EventTime Later = Some.Noon.Plus(1000 * EventTime.Day);
    private static readonly byte[] Log = Encoding.UTF8.GetBytes("first line\nsecond line\n");

    [Fact]
    public void A_log_is_kept_byte_for_byte_and_found_by_its_record()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, Log, Log);
        var ledger = LedgerContents.Read(folder.Path);
        var kept = KeptLogs.Find(ledger, "gateway", "logs/gw1-20250414.log", Some.Noon, 11)!;
        Assert.Equal($"originals/{Digest(Log)}.zst", kept.Name);
        Assert.Equal(Log, Content(ledger, kept));
        Assert.Null(KeptLogs.Find(ledger, "gateway", "logs/gw1-20250414.log", Later, 0));
        Assert.Null(KeptLogs.Find(ledger, "gateway", "logs/other.log", Some.Noon, 0));
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void A_log_that_was_changed_meanwhile_is_not_kept()
    {
        using var folder = new TemporaryFolder();
        Assert.False(Keep(folder, Log, Encoding.UTF8.GetBytes("first line\nsecond lime\n")));
        Assert.Empty(LedgerContents.Read(folder.Path).Originals);
        Assert.False(Directory.Exists(folder.At("originals")));
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void A_log_that_has_grown_since_is_kept_as_far_as_it_was_read()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Keep(folder, Log, [.. Log, .. Log]));
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void Of_a_log_that_grew_between_two_runs_only_what_came_is_kept()
    {
        using var folder = new TemporaryFolder();
        byte[] grown = [.. Log, .. Encoding.UTF8.GetBytes("third line\n")];
        Assert.True(Keep(folder, Log, Log));
        Assert.True(Keep(folder, grown, grown, Log.Length));
        var ledger = LedgerContents.Read(folder.Path);
        Assert.Equal([0, Log.Length], ledger.Originals.Select(part => part.From));
        Assert.Equal(grown, ledger.Originals.SelectMany(part => Content(ledger, part)).ToArray());
        var places = new[] { 0, 11, Log.Length }.Select(offset =>
            KeptLogs.Find(ledger, "gateway", "logs/gw1-20250414.log", Some.Noon, offset)!.From);
        Assert.Equal([0, 0, Log.Length], places);
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void Where_the_beginning_is_not_kept_a_log_that_grew_is_kept_whole()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Keep(folder, Log, Log, earlier: 11));
        var ledger = LedgerContents.Read(folder.Path);
        Assert.Equal(Log, Content(ledger, Assert.Single(ledger.Originals)));
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void Retention_removes_kept_logs_and_a_hold_keeps_them()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, Log, Log);
        var id = Holds.Place(folder.Path, Some.Options, Some.Noon, null, "gateway", "an order", "counsel", Later);
        Assert.Equal((0, 2), Outcome(folder));
        Holds.Release(folder.Path, Some.Options, id, "it ended", "counsel", Later);
        Assert.Equal((1, 0), Outcome(folder));
        Assert.Empty(LedgerContents.Read(folder.Path).Originals);
        Assert.Empty(Directory.GetFiles(folder.At("originals")));
        HoldTests.RequireSound(folder);

        static (int, int) Outcome(TemporaryFolder folder)
        {
            var outcome = Retention.Run(folder.Path, Some.Options, Later, "r", "clerk", Later);
            return (outcome.Logs, outcome.Held);
        }
    }

    [Fact]
    public void Who_is_erased_is_in_no_kept_log()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, Log, Log);
        var request = new ErasureRequest("1", "aa", "on request", "clerk", Later);
        Assert.Equal(2, Erasure.Run(folder.Path, Some.Options, request).Files);
        Assert.Empty(LedgerContents.Read(folder.Path).Originals);
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void A_kept_log_that_is_not_what_its_name_says_is_found()
    {
        using var folder = new TemporaryFolder();
        Keep(folder, Log, Log);
        var kept = Assert.Single(LedgerContents.Read(folder.Path).Originals);
        var other = LedgerLayout.Original(new string('0', 64));
        File.Copy(folder.At(kept.Name), folder.At(other));
        LedgerJournal.Append(folder.Path, Some.Options, kept with { Name = other });
        var fault = Assert.Single(LedgerVerification.Run(folder.Path, VerificationTests.Trusting()).Faults);
        Assert.Contains("does not hold the log", fault.What, StringComparison.Ordinal);
    }

    private static bool Keep(TemporaryFolder folder, byte[] read, byte[] now, long earlier = 0)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        Some.Keep(writer, catalog, Some.Access(catalog, Some.Noon));
        var source = Some.Source(Digest(read), read.Length);
        var kept = writer.KeepOriginal(source, () => new MemoryStream(now), earlier);
        writer.Commit([source], []);
        return kept;
    }

    private static byte[] Content(LedgerContents ledger, OriginalKept kept)
    {
        using var stream = KeptLogs.Open(ledger, kept);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
