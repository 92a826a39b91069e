using System.Text;
using CsCheck;

namespace WhoSaw.Merkle.Tests;

public sealed class TreeTests
{
    private static readonly HashTree Tree = Grown(700);

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proven()
    {
        for (var size = 1; size <= 40; size++)
            for (var index = 0; index < size; index++)
            {
                var proof = Tree.Inclusion(index, size);
                Assert.True(Proof.Includes((ulong)index, (ulong)size, Leaf(index), proof, Tree.Root(size)));
                Assert.False(Proof.Includes((ulong)index, (ulong)size, Leaf(index + 1), proof, Tree.Root(size)));
                Assert.False(Proof.Includes((ulong)index, (ulong)size, Leaf(index), proof, Tree.Root(size + 1)));
            }
    }

    [Fact]
    public void A_tree_that_grew_is_proven_and_no_other() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], Gen.Int[0, 20], Gen.Int[0, 255]).Sample((a, b, at, bit) =>
        {
            var (old, grown) = (Math.Min(a, b), Math.Max(a, b));
            var proof = Tree.Consistency(old, grown);
            bool Holds(IReadOnlyList<TreeHash> given) => Proof.IsConsistent(
                (ulong)old, (ulong)grown, Tree.Root(old), Tree.Root(grown), given);
            Assert.True(Holds(proof));
            if (proof.Count == 0)
                return;
            var changed = proof.ToArray();
            var bytes = changed[at % changed.Length].ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            changed[at % changed.Length] = new TreeHash(bytes);
            Assert.False(Holds(changed));
            Assert.False(Holds([.. proof.Skip(1)]));
            Assert.False(Holds([.. proof, proof[0]]));
        }, iter: 500);

    [Fact]
    public void A_tree_that_was_cut_is_as_if_it_had_never_grown()
    {
        var tree = Grown(300);
        tree.CutTo(129);
        for (var index = 129; index < 300; index++)
            tree.Add(Leaf(index));
        Assert.Equal(Tree.Root(300), tree.Root());
        Assert.Equal(Tree.Root(129), tree.Root(129));
    }

    [Fact]
    public void Tiles_have_the_names_of_the_layout()
    {
        Assert.Equal("tile/0/x001/x234/067", TileLayout.Tile(0, 1234067, 256));
        Assert.Equal("tile/1/000.p/7", TileLayout.Tile(1, 0, 7));
        Assert.Equal("tile/entries/x001/000.p/1", TileLayout.Bundle(1000, 1));
        Assert.Equal(
            ["tile/entries/000", "tile/entries/001.p/2", "tile/0/000", "tile/0/001.p/2", "tile/1/000.p/1"],
            TileLayout.Names(258));
        Assert.Equal(["tile/entries/001.p/3", "tile/0/001.p/3"], TileLayout.Names(258, 259));
        Assert.Empty(TileLayout.Names(259, 259));
    }

    [Fact]
    public void A_bundle_is_exactly_its_entries()
    {
        ReadOnlyMemory<byte>[] entries = ["one"u8.ToArray(), Array.Empty<byte>(), new byte[EntryBundle.LongestEntry]];
        var bundle = EntryBundle.Write(entries);
        Assert.Equal([3, 0, 65_535], EntryBundle.Read(bundle, 3)!.Select(entry => entry.Length));
        Assert.Null(EntryBundle.Read(bundle, 2));
        Assert.Null(EntryBundle.Read(bundle, 4));
        Assert.Null(EntryBundle.Read(bundle.AsMemory(0, bundle.Length - 1), 3));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[65_536]]));
    }

    private static HashTree Grown(int size)
    {
        var tree = new HashTree();
        for (var index = 0; index < size; index++)
            tree.Add(Leaf(index));
        return tree;
    }

    private static TreeHash Leaf(int index) => TreeHash.Leaf(Encoding.UTF8.GetBytes($"entry {index}"));
}
