namespace WhoSaw.Merkle.Tests;

/// <summary>A small log that another implementation wrote, with a checkpoint for every size.</summary>
public sealed class LogConformanceTests
{
    private const int Sizes = 16;

    [Fact]
    public void Roots_signatures_tiles_and_consistency_of_a_foreign_log_agree()
    {
        var folder = Shared.Conformance("tlog");
        Assert.SkipUnless(folder is not null, "the conformance log is not here");
        var key = VerifierKey.Parse(File.ReadAllText(Path.Combine(folder, "public-key")).Trim());
        Assert.NotNull(key);
        var log = Path.Combine(folder, "log");
        var roots = new TreeHash[Sizes];
        for (var size = 0; size < Sizes; size++)
        {
            var note = SignedNote.Parse(File.ReadAllBytes(Path.Combine(log, $"checkpoint.{size}")));
            Assert.NotNull(note);
            Assert.True(note.IsSignedBy(key, Shared.Verify));
            var checkpoint = Checkpoint.Parse(note.Text);
            Assert.NotNull(checkpoint);
            Assert.Equal((key.Name, size), (checkpoint.Origin, checkpoint.Size));
            Assert.Equal(note.Text, checkpoint.ToText());
            roots[size] = checkpoint.Root;
            Assert.Equal(checkpoint.Root, TreeOf(log, size).Root());
        }
        var tree = TreeOf(log, Sizes - 1);
        foreach (var (old, grown) in Pairs().Where(pair => pair.Old > 0))
        {
            var proof = tree.Consistency(old, grown);
            Assert.True(Proof.IsConsistent((ulong)old, (ulong)grown, roots[old], roots[grown], proof));
            Assert.Equal(old == grown, Proof.IsConsistent((ulong)old, (ulong)grown, roots[grown], roots[grown], proof));
        }
    }

    private static IEnumerable<(int Old, int Grown)> Pairs() =>
        from old in Enumerable.Range(0, Sizes)
        from grown in Enumerable.Range(old, Sizes - old)
        select (old, grown);

    private static HashTree TreeOf(string log, int size)
    {
        var tree = new HashTree();
        if (size == 0)
            return tree;
        var bundle = File.ReadAllBytes(Path.Combine(log, TileLayout.Bundle(0, size)));
        var entries = EntryBundle.Read(bundle, size);
        Assert.NotNull(entries);
        Assert.Equal(bundle, EntryBundle.Write(entries));
        foreach (var entry in entries)
            tree.Add(TreeHash.Leaf(entry.Span));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(log, TileLayout.Tile(0, 0, size))), TileLayout.HashesOf(tree, 0, 0, size));
        return tree;
    }
}
