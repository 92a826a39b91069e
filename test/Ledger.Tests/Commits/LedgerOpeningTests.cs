using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class LedgerOpeningTests
{
    [Fact]
    public void A_second_writer_is_told_who_holds_the_ledger()
    {
        using var folder = new TemporaryFolder();
        using var writer = Open(folder);
        var refused = Assert.Throws<LedgerException>(() => Open(folder));
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(LedgerContents.Read(folder.Path).Segments);
    }

    [Fact]
    public void A_writer_that_is_gone_holds_nothing()
    {
        using var folder = new TemporaryFolder();
        Open(folder).Dispose();
        Open(folder).Dispose();
    }

    [Fact]
    public void Leftovers_of_a_crash_are_removed_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        string[] leftovers =
        [
            "segments/2025-04-14/000002.parquet", "segments/2025-04-15/000001.parquet.part",
            "segments/2025-04-16/000001.parquet", "totals/000002.parquet", "directory/people-000002.parquet.part",
        ];
        string[] others = ["segments/README.md", "notes.txt", "state/x.bin", "segments/2025-04-14/copy.parquet"];
        foreach (var name in leftovers.Concat(others))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
            File.WriteAllText(folder.At(name), "x");
        }
        using (var writer = Open(folder))
            Assert.Contains("5 files", Assert.Single(writer.Repairs), StringComparison.Ordinal);
        Assert.DoesNotContain(leftovers, name => File.Exists(folder.At(name)));
        Assert.All(others, name => Assert.True(File.Exists(folder.At(name))));
        Assert.Single(LedgerContents.Read(folder.Path).Segments);
    }

    [Fact]
    public void A_torn_last_line_is_cut_off_and_said()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        var whole = File.ReadAllBytes(folder.At("log.jsonl"));
        File.WriteAllBytes(folder.At("log.jsonl"), [.. whole, .. whole[..40]]);
        Assert.Single(LedgerContents.Read(folder.Path).Segments);
        using (var writer = Open(folder))
            Assert.Contains("torn: 40 bytes", Assert.Single(writer.Repairs), StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(folder.At("log.jsonl")));
    }

    [Theory]
    [InlineData("{\"format\":1,\"commit\":1,\n", "corrupt")]
    [InlineData("{\"format\":1,\"commit\":7,\"segments\":[],\"operations\":[],\"sources\":[]}\n", "not commit 1")]
    [InlineData("[]\n", "corrupt")]
    [InlineData("\n", "corrupt")]
    [InlineData("{\"format\":2,\"commit\":1}\n", "newer version")]
    [InlineData("{\"format\":1,\"commit\":1,\"segments\":[{\"name\":\"../x\",\"sha256\":\"\",\"rows\":1,"
        + "\"first\":\"2025-04-14T00:00:00Z\",\"last\":\"2025-04-14T00:00:00Z\"}]}\n", "names ../x")]
    public void A_log_that_does_not_read_is_refused(string log, string because)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("log.jsonl"), log);
        Assert.Contains(
            because,
            Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(because, Assert.Throws<LedgerException>(() => Open(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(log, File.ReadAllText(folder.At("log.jsonl")));
    }

    [Fact]
    public void A_missing_segment_is_named()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        File.Delete(folder.At("segments/2025-04-14/000001.parquet"));
        var missing = Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.Path));
        Assert.Contains("segments/2025-04-14/000001.parquet", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_ledger_is_neither_read_nor_written()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("thesis.txt"), "x");
        Assert.Contains(
            "not a ledger",
            Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "neither empty", Assert.Throws<LedgerException>(() => Open(folder)).Message, StringComparison.Ordinal);
        Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.At("nowhere")));
    }

    private static LedgerWriter Open(TemporaryFolder folder) =>
        LedgerWriter.Open(folder.Path, Some.Catalog(), new LedgerOptions());

    private static void Commit(TemporaryFolder folder)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, new LedgerOptions());
        writer.Append(Some.Batch(catalog, Some.Access(catalog, Some.Noon)));
        writer.Commit([], []);
    }
}
