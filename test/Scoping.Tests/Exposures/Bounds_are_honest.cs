using WhoSaw.Scoping.Exposures;
using Xunit;

namespace WhoSaw.Scoping.Tests.Exposures;

public sealed class Bounds_are_honest
{
    // R: binom.test(x, n)$conf.int
    [Theory]
    [InlineData(0, 10, 0, 0.3084971)]
    [InlineData(10, 10, 0.6915029, 1)]
    [InlineData(5, 10, 0.1870860, 0.8129140)]
    [InlineData(1, 100, 0.0002531460, 0.05445938)]
    [InlineData(0, 0, 0, 1)]
    public void Clopper_Pearson_gives_the_published_intervals(long hits, long tries, double low, double high)
    {
        var interval = ClopperPearson.Interval(hits, tries, 0.95);
        Assert.Equal(low, interval.Low, 6);
        Assert.Equal(high, interval.High, 6);
    }

    [Fact]
    public void Clopper_Pearson_ends_where_the_binomial_tails_hold_a_fortieth()
    {
        foreach (var (hits, tries) in new[] { (3, 17), (14, 100), (340, 34_000), (33_000, 34_000) })
        {
            var (low, high) = ClopperPearson.Interval(hits, tries, 0.95);
            Assert.Equal(0.025, 1 - BinomialAtMost(hits - 1, tries, low), 6);
            Assert.Equal(0.025, BinomialAtMost(hits, tries, high), 6);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 0.25)]
    [InlineData(217, 1.5)]
    public void The_bound_of_the_next_count_holds_as_often_as_it_says(long seen, double ratio)
    {
        var bound = Poisson.NextAtMost(seen, ratio, 0.999);
        var share = ratio / (1 + ratio);
        Assert.True(Beta.Cumulative(share, bound + 1, seen + 1) <= 0.001);
        Assert.True(Beta.Cumulative(share, bound, seen + 1) > 0.001);
        Assert.True(bound > seen * ratio);
    }

    private static double BinomialAtMost(long most, long tries, double share)
    {
        double sum = 0;
        for (long k = 0; k <= most; k++)
            sum += Math.Exp(Beta.LogGamma(tries + 1) - Beta.LogGamma(k + 1) - Beta.LogGamma(tries - k + 1) +
                k * Math.Log(share) + (tries - k) * Math.Log(1 - share));
        return sum;
    }
}
