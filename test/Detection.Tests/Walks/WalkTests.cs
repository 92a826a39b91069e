using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Walks;

public sealed class WalkTests
{
    private const string Thief = "203.0.113.9";

    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    /// <summary>A shop in which many homes, and a carrier's ten addresses, read their own accounts.</summary>
    private static World Shop(int reads = 3000)
    {
        var (world, random) = (Some.Lenient(), new Random(5));
        for (var i = 0; i < reads; i++)
        {
            var account = 100_000 + random.Next(40_000);
            var client = account % 4 == 0 ? $"198.51.100.{random.Next(10)}" : Some.Client(account);
            var visit = new Visit((ulong)(i + 1) << 20, account, client);
            world.Login(At(i), visit).Read(At(i), visit).Read(At(i + 1), visit, operation: "addresses");
        }
        return world;
    }

    private static World Walked(World world, IEnumerable<long> accounts, string client = Thief, int every = 5)
    {
        var i = 0;
        foreach (var account in accounts)
        {
            var visit = new Visit((ulong)(900_000 + i), account, client);
            world.Login(At(every * i), visit).Browse(At(every * i), visit).Read(At(every * i), visit)
                .Read(At(every * i++), visit, operation: "addresses");
        }
        return world;
    }

    private static IReadOnlyList<Finding> Walks(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "walk")];

    [Fact]
    public void Ids_in_order_are_a_walk()
    {
        var finding = Assert.Single(Walks(Walked(Shop(), Enumerable.Range(0, 60).Select(i => 110_000L + 3 * i))));

        Assert.Equal((Severity.High, "T1119"), (finding.Severity, finding.Technique));
        Assert.Equal(("client", Thief), (finding.ActorKind, finding.ActorValue));
        Assert.StartsWith($"client = '{Thief}' and time between '", finding.Where, StringComparison.Ordinal);
        Some.Within(finding.Raised, At(5 * 4), At(5 * 12));
    }

    [Fact]
    public void So_are_ids_backwards_and_by_a_stride()
    {
        Assert.Single(Walks(Walked(Shop(), Enumerable.Range(0, 60).Select(i => 139_000L - i))));
        Assert.Single(Walks(Walked(Shop(), Enumerable.Range(0, 60).Select(i => 100_000L + 517 * i))));
    }

    [Fact]
    public void Behind_a_shared_address_the_records_in_order_are_pointed_at()
    {
        var finding = Assert.Single(Walks(
            Walked(Shop(), Enumerable.Range(0, 300).Select(i => 110_000L + i), "198.51.100.3")));

        Assert.Equal("198.51.100.3", finding.ActorValue);
    }

    [Fact]
    public void Ids_at_random_are_no_order()
    {
        var random = new Random(1);

        Assert.Empty(Walks(Walked(Shop(), Enumerable.Range(0, 150).Select(_ => 100_000L + random.Next(40_000)))));
    }

    [Fact]
    public void A_family_with_neighbouring_ids_goes_round_and_round_but_not_on() =>
        Assert.Empty(Walks(Walked(Shop(), Enumerable.Range(0, 200).Select(i => 110_000L + i % 4))));

    [Fact]
    public void All_over_the_range_and_nobody_twice_is_a_walk_too()
    {
        var world = Shop(12_000);
        var ids = Enumerable.Range(0, 20_000).Select(i => 100_000L + 2 * i).ToArray();
        new Random(3).Shuffle(ids);

        var finding = Assert.Single(Walks(Walked(world, ids.Take(4000), every: 2)));

        Assert.Equal((Severity.Medium, Thief), (finding.Severity, finding.ActorValue));
        Assert.Contains("0 of them again", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_goes_through_the_accounts_is_of_low_severity()
    {
        var world = Shop();
        for (var i = 0; i < 200; i++)
            world.ReadAsStaff(At(i), "svc-sync", 100_000 + i, client: "10.0.0.9");
        for (var i = 0; i < 2000; i++)
            world.ReadAsStaff(At(i), "svc-other", 100_000 + i * 7919 % 40_000, client: "10.0.0.8");

        Assert.Equal(Severity.Low, Assert.Single(Walks(world)).Severity);
    }

    [Fact]
    public void Order_of_arrival_within_the_grace_changes_nothing_that_matters()
    {
        var world = Walked(Shop(), Enumerable.Range(0, 80).Select(i => 110_000L + i));

        var finding = Assert.Single(Walks(world.Shuffled(4, 20 * EventTime.Second)));

        Assert.Equal(Thief, finding.ActorValue);
    }

    [Fact]
    public void Ids_that_are_words_have_no_order()
    {
        var world = Shop();
        for (var i = 0; i < 60; i++)
            world.Read(At(i), Some.Visit(77) with { Client = Thief }, subject: -1 - i);

        Assert.Empty(Walks(world));
    }

    [Fact]
    public void A_walk_with_stolen_passes_is_a_reason_of_their_finding()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 400; i++)
            world.Honest(At(i), Some.Visit(i));
        for (var i = 0; i < 60; i++)
            world.Read(At(500 + i), new Visit((ulong)(900_000 + i), 5000 + i, Thief));

        var finding = Assert.Single(world.Findings());

        Assert.Equal("unissued-credential", finding.Detector);
        Assert.Contains(finding.Evidence, evidence => evidence.What == "accounts in order of their ids");
    }
}
