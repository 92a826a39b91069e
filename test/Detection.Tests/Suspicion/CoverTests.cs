using CsCheck;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class CoverTests
{
    private const double Threshold = 20;

    /// <summary>An odd observation weighs +5, an ordinary one -2.</summary>
    private static IReadOnlyList<Covered> Cover(params List<(Observation Observation, bool Odd)> all) =>
        Detection.Suspicion.Cover.Of(
            [.. all.Select(one => one.Observation)], [.. Enumerable.Range(0, all.Count)],
            [.. all.Select(one => one.Odd ? 5.0 : -2.0)], Threshold);

    private static Observation Of(int client, int key, ulong credential, Trait traits = Trait.None) => new()
    {
        Unit = Unit.Session,
        Client = new Symbol(client),
        Key = new Symbol(key),
        Credential = credential,
        Account = SubjectId.None,
        Traits = traits,
    };

    [Fact]
    public void The_purest_value_is_chosen_and_not_the_heaviest()
    {
        // Key 9 has all of the theft and honest people as well; clients 1 to 3 have the theft alone.
        var theft = Enumerable.Range(0, 30).Select(i => (Of(1 + i % 3, 9, 100 + (ulong)i), true));
        var honest = Enumerable.Range(0, 40).Select(i => (Of(20 + i, 9, 500 + (ulong)i), false));

        var cover = Cover([.. theft, .. honest]);

        Assert.Equal([1UL, 2UL, 3UL], cover.Select(covered => covered.Clause.First.Value).Order());
        Assert.All(cover, covered => Assert.Equal(
            (ActorKind.Client, 10), (covered.Clause.First.Kind, covered.Observations.Count)));
    }

    [Fact]
    public void Where_every_value_is_shared_two_together_stand_in()
    {
        // Client 1 and key 9 are both half honest; both together are the theft.
        var theft = Enumerable.Range(0, 40).Select(i => (Of(1, 9, 100 + (ulong)i), true));
        var neighbours = Enumerable.Range(0, 40).Select(i => (Of(1, 8, 300 + (ulong)i), false));
        var colleagues = Enumerable.Range(0, 40).Select(i => (Of(20 + i, 9, 500 + (ulong)i), false));

        var covered = Assert.Single(Cover([.. theft, .. neighbours, .. colleagues]));

        Assert.Equal(new Clause(new Actor(ActorKind.Client, 1), new Actor(ActorKind.Key, 9)), covered.Clause);
        Assert.Equal(40, covered.Observations.Count);
    }

    [Fact]
    public void A_trait_that_all_of_the_theft_shows_leaves_the_honest_out()
    {
        var theft = Enumerable.Range(0, 200).Select(i => (Of(50 + i, 9, 100 + (ulong)i, Trait.Unissued), true));
        var honest = Enumerable.Range(0, 5).Select(i => (Of(20 + i, 9, 500 + (ulong)i), false));

        var covered = Assert.Single(Cover([.. theft, .. honest]));

        Assert.Equal(new Clause(new Actor(ActorKind.Key, 9), null, Trait.Unissued), covered.Clause);
        Assert.Equal(200, covered.Observations.Count);
    }

    [Fact]
    public void A_trait_that_few_of_the_theft_show_does_not_leave_the_rest_of_it_out()
    {
        // He tested without a log-in first, and has logged in before each pass since.
        var tests = Enumerable.Range(0, 10)
            .Select(i => (Of(1, 9, 100 + (ulong)i, Trait.FirstPage | Trait.Unissued), true));
        var theft = Enumerable.Range(0, 200).Select(i => (Of(50 + i, 9, 200 + (ulong)i, Trait.Unissued), true));
        var honest = Enumerable.Range(0, 5).Select(i => (Of(20 + i, 9, 500 + (ulong)i), false));

        var cover = Cover([.. tests, .. theft, .. honest]);

        Assert.Equal(210, cover.Sum(covered => covered.Observations.Count(i => i < 210)));
    }

    [Fact]
    public void Nothing_above_the_threshold_is_no_cover() =>
        Assert.Empty(Cover([.. Enumerable.Range(0, 4).Select(i => (Of(1, 9, 100 + (ulong)i), true))]));

    [Fact]
    public void Honest_observations_of_the_same_value_pull_it_down() =>
        Assert.Empty(Cover(
        [
            .. Enumerable.Range(0, 20).Select(i => (Of(1, 9, 100 + (ulong)i), true)),
            .. Enumerable.Range(0, 100).Select(i => (Of(1, 9, 300 + (ulong)i), false)),
        ]));

    [Fact]
    public void The_order_of_observations_does_not_choose() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Bool).Array[20, 80].Sample((drawn) =>
        {
            var all = drawn.Select((one, i) => (Of(one.Item1, one.Item2, 100 + (ulong)i), one.Item3)).ToList();
            var reversed = Enumerable.Reverse(all).ToList();

            return Cover(all).Select(covered => covered.Clause)
                .SequenceEqual(Cover(reversed).Select(covered => covered.Clause));
        }, iter: 200);

    [Theory]
    [InlineData(0, 10, 0.0)]
    [InlineData(10, 10, 0.72246)]
    [InlineData(1, 2, 0.0945286)]
    [InlineData(81, 263, 0.25528)]
    public void The_bound_is_the_one_of_Wilson(long hits, long trials, double low) =>
        Assert.Equal(low, Detection.Suspicion.Cover.WilsonLow(hits, trials), 4);

    [Fact]
    public void The_bound_is_below_the_share_and_grows_with_the_trials() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 1000]).Where((hits, trials) => hits <= trials).Sample((hits, trials) =>
        {
            var low = Detection.Suspicion.Cover.WilsonLow(hits, trials);
            return low >= -1e-12 && low <= (double)hits / trials + 1e-12
                && Detection.Suspicion.Cover.WilsonLow(10L * hits, 10L * trials) >= low - 1e-12;
        });
}
