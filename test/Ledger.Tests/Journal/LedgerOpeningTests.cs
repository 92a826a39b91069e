using WhoSaw.Merkle;
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
    public void What_a_killed_question_left_is_removed_and_a_living_one_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        var dead = folder.At("state/spill/2147483646-1");
        var living = folder.At($"state/spill/{Environment.ProcessId}-1");
        Directory.CreateDirectory(dead);
        Directory.CreateDirectory(living);
        File.WriteAllText(Path.Combine(dead, "x.tmp"), "x");
        Open(folder).Dispose();
        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        Write(folder, new LedgerCreated(3, KeyText(Some.Options)));
        Refuses(folder, "newer version");
        Assert.Contains("newer version", Assert.Throws<LedgerException>(
            () => LedgerVerification.Run(folder.Path, VerificationTests.Trusting())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_leads_out_of_the_ledger_is_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, new LedgerCreated(2, KeyText(Some.Options)), new FileAdded(1, FileKind.People, "../x", "", 0, 0));
        Refuses(folder, "names ../x");
    }

    [Fact]
    public void An_entry_that_was_changed_is_refused()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        var bundle = Directory.GetFiles(folder.At("tile/entries"), "*", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(bundle);
        var place = bytes.AsSpan().IndexOf("2025"u8);
        bytes[place + 3] = (byte)'6';
        File.WriteAllBytes(bundle, bytes);
        Refuses(folder, "not those of its checkpoint");
    }

    [Fact]
    public void A_ledger_is_written_with_its_own_key_only()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        var before = folder.Files();
        var other = new LedgerOptions { Signer = new FixedSigner(8) };
        using (var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), other))
            Assert.Contains("is signed with another key", Assert.Throws<LedgerException>(
                () => writer.Commit([], [])).Message, StringComparison.Ordinal);
        Assert.Equal(before.Values, folder.Files().Values);
    }

    [Fact]
    public void A_missing_key_is_said_and_never_replaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("keys/a.key");
        var key = SigningKeyFile.LoadOrCreate(path);
        Assert.Equal(key.PublicKey.ToArray(), SigningKeyFile.LoadOrCreate(path).PublicKey.ToArray());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("mode to 600", Assert.Throws<LedgerException>(
                () => SigningKeyFile.Load(path)).Message, StringComparison.Ordinal);
        }
        File.Delete(path);
        Assert.Contains("is missing", Assert.Throws<LedgerException>(
            () => SigningKeyFile.Load(path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_missing_segment_is_named()
    {
        using var folder = new TemporaryFolder();
        Commit(folder);
        File.Delete(folder.At("segments/2025-04-14/000001.parquet"));
        var missing = Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.Path));
        Assert.Contains("lacks segments/2025-04-14/000001.parquet, which entry 1 of its journal names", missing.Message,
            StringComparison.Ordinal);
        File.WriteAllText(folder.At("segments/2025-04-14/000001.parquet"), "x");
        Assert.Contains("has another file in the place of segments", Assert.Throws<LedgerException>(
            () => LedgerContents.Read(folder.Path)).Message, StringComparison.Ordinal);
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
        LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options);

    private static void Commit(TemporaryFolder folder)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        writer.Append(Some.Batch(catalog, Some.Access(catalog, Some.Noon)));
        writer.Commit([], []);
    }

    private static string KeyText(LedgerOptions options) =>
        Ed25519.VerifierOf(options.Signer!.PublicKey.Span).ToString();

    private static void Write(TemporaryFolder folder, params JournalEntry[] entries)
    {
        var tree = new HashTree();
        var encoded = entries.Select(entry => (ReadOnlyMemory<byte>)JournalJson.Write(entry)).ToList();
        foreach (var entry in encoded)
            tree.Add(TreeHash.Leaf(entry.Span));
        var draft = new JournalDraft(FileSystem.Real, folder.Path);
        var key = Ed25519.VerifierOf(Some.Options.Signer!.PublicKey.Span);
        draft.WriteTiles(tree, 0, encoded);
        draft.WriteCheckpoint(new Checkpoint(key.Name, tree.Size, tree.Root()), key, Some.Options.Signer!);
    }

    private static void Refuses(TemporaryFolder folder, string because)
    {
        var before = folder.Files();
        Assert.Contains(
            because,
            Assert.Throws<LedgerException>(() => LedgerContents.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(because, Assert.Throws<LedgerException>(() => Open(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(before.Values, folder.Files().Values);
    }
}
