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
    public void The_order_of_a_pair_matters()
    {
        var set = new PairSet();

        Assert.True(set.Add(1, 2));
        Assert.True(set.Add(2, 1));
        Assert.False(set.Add(1, 2));
    }
}
