using CsCheck;
using WhoSaw.Detection.Canaries;
using Xunit;

namespace WhoSaw.Detection.Tests.Canaries;

public sealed class DecoyPlanTests
{
    [Fact]
    public void A_decoy_is_a_free_id_between_two_that_are_taken() =>
        Gen.Select(Gen.Long[0, 5000].HashSet[2, 300], Gen.Int[0, 300], Gen.Int).Sample((ids, count, seed) =>
        {
            long[] taken = [.. ids.Order()];
            var dice = new Random(seed);
            var decoys = DecoyPlan.Choose(taken, Math.Min(count, taken.Length - 1), limit => dice.NextInt64(limit));
            Assert.DoesNotContain(decoys, ids.Contains);
            Assert.Equal(decoys.Order().Distinct(), decoys);
            Assert.All(decoys, decoy => Assert.InRange(decoy, taken[0] + 1, taken[^1] - 1));
        });

    [Fact]
    public void Where_there_are_holes_each_stretch_of_accounts_gets_one()
    {
        var dice = new Random(1);
        long[] taken = [.. Enumerable.Range(0, 1001).Select(place => place * 3L)];
        var decoys = DecoyPlan.Choose(taken, 10, limit => dice.NextInt64(limit));
        Assert.Equal(Enumerable.Range(0, 10), decoys.Select(decoy => (int)(decoy / 300)));
    }

    [Fact]
    public void Without_holes_there_is_no_decoy() =>
        Assert.Empty(DecoyPlan.Choose([1, 2, 3, 4], 3, _ => 0));

    [Theory]
    [InlineData(33_673_817, 34_000, 990.4, 4563)]
    [InlineData(20_000, 100, 198.0, 903)]
    public void The_power_is_that_of_drawing_without_replacement(long accounts, long decoys, double mean, long nearly)
    {
        var power = new DecoyPower(accounts, decoys);
        Assert.Equal(mean, power.MeanBeforeFirst, 0.1);
        Assert.Equal(nearly, power.AccountsUntilSeen(0.99));
    }

    [Fact]
    public void The_power_agrees_with_counting_all_orders()
    {
        // 3 accounts and 2 decoys: 10 places of the decoys; the first two are accounts in 3 of them
        var power = new DecoyPower(3, 2);
        Assert.Equal([1, 0.6, 0.3, 0.1, 0], Enumerable.Range(0, 5).Select(read => Math.Round(power.Unseen(read), 12)));
        Assert.Equal(1, power.MeanBeforeFirst);
        Assert.Equal([1L, 2, 3], new[] { 0.4, 0.5, 0.9 }.Select(share => power.AccountsUntilSeen(share)!.Value));
        Assert.Null(power.AccountsUntilSeen(0.95));
        Assert.Null(new DecoyPower(3, 0).AccountsUntilSeen(0.5));
    }
}
