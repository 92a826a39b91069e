using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class TraitRatesTests
{
    private static readonly IReadOnlyList<SuspicionTrait> Traits = [new FirstPageTrait(), new DormantSessionTrait()];

    private static Observation Session(int client, Trait traits = Trait.None, short context = 0) => new()
    {
        Unit = Unit.Session,
        Client = new Symbol(client),
        Context = context,
        Traits = traits,
        Account = SubjectId.None,
    };

    private static ObservationKind Kind(Trait traits = Trait.None, short context = 0) =>
        ObservationKind.Of(Session(1, traits, context));

    private static TraitRates Learned(IEnumerable<Observation> observations, Func<int, bool>? skip = null)
    {
        var rates = new TraitRates(Traits);
        Observations all = [.. observations];
        rates.Learn(all, [.. Enumerable.Range(0, all.Count).Where(i => skip?.Invoke(i) != true)]);
        return rates;
    }

    [Fact]
    public void A_trait_that_nobody_has_is_never_taken_for_impossible()
    {
        var rates = Learned(Enumerable.Range(1, 200_000).Select(i => Session(i)));

        Assert.Equal(1e-4, rates.Ordinary(0, Kind()));
    }

    [Fact]
    public void A_trait_that_everybody_has_counts_as_half()
    {
        var rates = Learned(Enumerable.Range(1, 10_000).Select(i => Session(i, Trait.FirstPage)));

        Assert.Equal(0.5, rates.Ordinary(0, Kind()));
    }

    [Fact]
    public void With_nothing_learned_the_prior_speaks() =>
        Assert.Equal(1 / 200.0, Learned([]).Ordinary(0, Kind()), 9);

    [Fact]
    public void The_rate_is_the_share_among_the_ordinary()
    {
        var rates = Learned(
            Enumerable.Range(1, 20_000).Select(i => Session(i, i % 10 == 0 ? Trait.FirstPage : Trait.None)));

        Assert.Equal(0.1, rates.Ordinary(0, Kind()), 2);
    }

    [Fact]
    public void A_small_context_is_drawn_towards_the_population_and_a_large_one_speaks_for_itself()
    {
        var rates = Learned(Enumerable.Range(1, 20_000).Select(i => Session(i))
            .Concat(Enumerable.Range(30_000, 5).Select(i => Session(i, Trait.FirstPage, context: 1)))
            .Concat(Enumerable.Range(40_000, 5000).Select(i => Session(i, Trait.FirstPage, context: 2))));

        Assert.InRange(rates.Ordinary(0, Kind(context: 1)), 0.15, 0.25);
        Assert.Equal(0.5, rates.Ordinary(0, Kind(context: 2)));
        Assert.InRange(rates.Ordinary(0, Kind()), 1e-4, 0.01);
    }

    [Fact]
    public void One_address_says_only_so_much_about_what_is_ordinary()
    {
        var many = Learned(Enumerable.Range(1, 1000).Select(i => Session(i)).Concat(
            Enumerable.Repeat(Session(5000, Trait.FirstPage), 5000)));
        var few = Learned(Enumerable.Range(1, 1000).Select(i => Session(i)).Concat(
            Enumerable.Repeat(Session(5000, Trait.FirstPage), 3)));

        Assert.Equal(few.Ordinary(0, Kind()), many.Ordinary(0, Kind()));
    }

    [Fact]
    public void What_is_left_out_is_not_learned()
    {
        var all = Enumerable.Range(1, 1000).Select(i => Session(i, i > 500 ? Trait.FirstPage : Trait.None)).ToList();

        Assert.Equal(
            Learned(all.Take(500)).Ordinary(0, Kind()), Learned(all, skip: i => i >= 500).Ordinary(0, Kind()));
    }

    [Fact]
    public void A_weight_is_the_sum_of_the_logarithms_of_its_ratios()
    {
        var rates = Learned([]);
        var (firstPage, dormant) = (0.9, 0.2);
        const double ordinary = 1 / 200.0;

        Assert.Equal(
            Math.Log(firstPage / ordinary) + Math.Log((1 - dormant) / (1 - ordinary)),
            rates.Weigh(Kind(Trait.FirstPage)), 9);
        Assert.Equal(
            Math.Log(firstPage / ordinary),
            rates.Weigh(Kind(Trait.FirstPage) with { Silent = Trait.Dormant }), 9);
    }
}
