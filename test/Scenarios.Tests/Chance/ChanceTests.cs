using CsCheck;
using WhoSaw.Scenarios.Chance;

namespace WhoSaw.Scenarios.Tests.Chance;

public sealed class ChanceTests
{
    [Fact]
    public void A_shuffle_visits_every_place_once() => Gen.Select(Gen.ULong, Gen.Int[1, 500]).Sample((seed, count) =>
    {
        var shuffle = new Shuffle(seed, count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i),
            Enumerable.Range(0, count).Select(i => shuffle[i]).Order());
    }, iter: 200);

    [Fact]
    public void A_scattering_can_be_undone() =>
        Gen.Select(Gen.ULong, Gen.Long[1, 60_000_000], Gen.Long[0, long.MaxValue])
        .Sample((seed, count, draw) =>
        {
            var scatter = new Scatter(seed, count);
            var place = draw % count;
            Assert.Equal(place, scatter.From(scatter.To(place)));
            Assert.InRange(scatter.To(place), 0, count - 1);
        }, iter: 2000);

    [Fact]
    public void Numbers_depend_on_their_name_and_on_nothing_else()
    {
        Assert.Equal(new Dice(1, Draw.Visit, 5, 7).Next(), new Dice(1, Draw.Visit, 5, 7).Next());
        Assert.NotEqual(new Dice(1, Draw.Visit, 5, 7).Next(), new Dice(1, Draw.Visit, 7, 5).Next());
        Assert.NotEqual(new Dice(1, Draw.Visit, 5).Next(), new Dice(1, Draw.Login, 5).Next());
    }

    [Fact]
    public void Draws_are_even()
    {
        var dice = new Dice(3, Draw.Page, 0);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[dice.Below(10)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.InRange(Enumerable.Range(0, 100_000).Average(_ => dice.Geometric(5)), 4.0, 6.5);
    }
}
