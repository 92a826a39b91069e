using CsCheck;
using WhoSaw.Detection.Breadth;

namespace WhoSaw.Detection.Tests.Breadth;

public sealed class PairSetTests
{
    // Small numbers repeat, large ones do not; beyond 2,700 pairs the table grows.
    private static readonly Gen<ulong> Numbers = Gen.OneOf(Gen.ULong[0, 60], Gen.ULong);

    [Fact]
    public void It_knows_what_a_hash_set_knows() =>
        Gen.Select(Numbers, Numbers).List[0, 6000].Sample(
            pairs =>
            {
                var (set, oracle) = (new PairSet(), new HashSet<(ulong, ulong)>());
                return pairs.All(pair => set.Add(pair.Item1, pair.Item2) == oracle.Add(pair));
            },
            iter: 50);

    [Fact]
    public void It_knows_every_pair_when_its_table_lies_in_many_parts()
    {
        var set = new PairSet();

        Assert.All(Enumerable.Range(0, 600_000), i => Assert.True(set.Add((ulong)i, 7)));

        Assert.Equal(600_000, set.Count);
        Assert.All(Enumerable.Range(0, 600_000), i => Assert.False(set.Add((ulong)i, 7)));
        Assert.All(Enumerable.Range(0, 600_000), i => Assert.False(set.Contains((ulong)i, 8)));
    }

    [Fact]
    public void What_is_saved_is_restored()
    {
        var set = new PairSet();
        for (var i = 0UL; i < 300_000; i++)
            set.Add(i, i * i);
        var restored = new PairSet();
        using var saved = new MemoryStream(Saved(set));
        restored.Restore(new BinaryReader(saved));

        Assert.Equal(set.Count, restored.Count);
        Assert.All(Enumerable.Range(0, 300_000), i => Assert.True(restored.Contains((ulong)i, (ulong)i * (ulong)i)));
    }

    private static byte[] Saved(PairSet set)
    {
        using var bytes = new MemoryStream();
        using var state = new BinaryWriter(bytes);
        set.Save(state);
        return bytes.ToArray();
    }

    [Fact]
    public void The_order_of_a_pair_matters()
    {
        var set = new PairSet();

        Assert.True(set.Add(1, 2));
        Assert.True(set.Add(2, 1));
        Assert.False(set.Add(1, 2));
    }
}
