using System.Globalization;
using WhoSaw.Detection.Dormancy;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Staff;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Limits;

public sealed class MemoryLimitTests
{
    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    private static World Bounded(MemoryOptions memory)
    {
        var world = Some.Lenient();
        world.Options = world.Options with { Memory = memory };
        return world;
    }

    private static string[] Reached(World world) =>
        [.. world.Detectors().LimitsReached.Select(limit => limit.Sentence!)];

    /// <summary>Sessions that were issued, log in and read, and one at the end that nobody issued.</summary>
    private static World Forged(MemoryOptions memory)
    {
        var world = Bounded(memory).WithIssuer();
        for (var i = 1; i <= 400; i++)
            world.Honest(At(i), Some.Visit(i));
        return world.Read(At(401), Some.Visit(9001));
    }

    [Fact]
    public void Below_its_limits_a_run_says_nothing_of_them()
    {
        var world = Forged(new MemoryOptions { IssuedPasses = 401, Sessions = 401 });

        Assert.Empty(Reached(world));
        Assert.Equal("unissued-credential", Assert.Single(world.Findings()).Detector);
    }

    [Fact]
    public void Beyond_the_issued_passes_that_there_is_room_for_nobody_is_accused_and_the_run_says_so()
    {
        var world = Forged(new MemoryOptions { IssuedPasses = 350 });

        Assert.Empty(world.Findings());
        Assert.Equal(
            "The limit of 350 issued passes was reached: 50 further ones were not kept, and which sessions nobody "
                + "issued cannot be told since; all are recorded.",
            Assert.Single(Reached(world)));
    }

    [Fact]
    public void Beyond_the_sessions_that_there_is_room_for_a_session_does_not_begin_anew_with_each_request()
    {
        var world = Bounded(new MemoryOptions { Sessions = 300 });
        for (var i = 1; i <= 301; i++)
            for (var page = 0; page < 3; page++)
                world.Read(At(i + page), Some.Visit(i));

        Assert.Equal(300, world.Traits().Count(traits => traits.HasFlag(Trait.SessionStart)));
        Assert.StartsWith(
            "The limit of 300 sessions was reached: 3 requests", Assert.Single(Reached(world)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_days_of_employees_that_there_is_room_for_the_run_says_so()
    {
        var world = Some.Lenient().WithDormant(5);
        world.Options = world.Options with
        {
            DormantAccounts = new DormantAccountsOptions { MostDays = 4 },
            Surplus = new SurplusOptions { MostPrincipals = 3 },
        };
        for (var who = 0; who < 6; who++)
            for (var day = 0; day < 2; day++)
                world.ReadAsStaff(At(1440 * day), $"e-{who}", 77 + who);

        Assert.Equal(
            [
                "The limit of 3 employees and services whose days are remembered was reached: 3 days of further ones "
                    + "were not held against them; all are recorded.",
                "The limit of 4 days of employees and services at an address was reached: 8 reads beyond them were not "
                    + "held against anybody; all are recorded.",
            ],
            Reached(world).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_flood_of_readers_does_not_flush_out_who_walks_slowly()
    {
        var world = Bounded(new MemoryOptions { Walkers = 100 });
        for (var step = 0; step < 60; step++)
        {
            world.Read(At(100 * step), Some.Visit(1) with { Client = "203.0.113.7" }, subject: 4000 + step);
            // an account is read by two hundred others between two steps of the thief
            for (var i = 0; i < 200; i++)
                world.Read(
                    At(100 * step + 1), Some.Visit(1000 + 200 * step + i),
                    subject: 50_000 + (200L * step + i) * 7919 % 40_009)
                    .Read(
                        At(100 * step + 2), Some.Visit(1000 + 200 * step + i),
                        subject: 50_000 + (200L * step + i) * 104_729 % 40_009);
        }

        var thief = Some.Visit(1).Credential.ToString("x16", CultureInfo.InvariantCulture);
        Assert.Contains(world.Findings(), finding =>
            finding.Detector == "walk" && finding.Where.Contains(thief, StringComparison.Ordinal));
        Assert.Contains(Reached(world), sentence => sentence.Contains("client values", StringComparison.Ordinal));
    }

    [Fact]
    public void Beyond_the_tries_that_there_is_room_for_nobody_is_counted_twice_and_the_run_says_so()
    {
        var world = Bounded(new MemoryOptions { AbsentPairs = 50 });
        for (var i = 0; i < 70; i++)
            for (var again = 0; again < 2; again++)
                world.Read(
                    At(i), Some.Visit(i), subject: 70_000 + 977L * i * i % 9001, outcome: Outcome.Absent);

        Assert.StartsWith(
            "The limit of 50 pairs of an address and an account that does not exist was reached: ",
            Assert.Single(Reached(world)), StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_observations_that_there_is_room_for_the_oldest_go()
    {
        var world = Some.Lenient();
        world.Options = world.Options with { Suspicion = world.Options.Suspicion with { MostObservations = 1000 } };
        for (var i = 1; i <= 1500; i++)
            world.Login(At(i), Some.Visit(i)).Browse(At(i), Some.Visit(i));

        Assert.Equal(
            "The limit of 1,000 observations was reached: 625 of them, the oldest, have no weight as evidence any "
                + "more; all are recorded.",
            Assert.Single(Reached(world)));
    }

    [Fact]
    public void A_theft_after_the_limit_was_reached_is_found_all_the_same()
    {
        var shop = new Shop(1).Serve(4000).Rob(Shop.Start.Plus(4 * EventTime.Day), 40, "203.0.113.5");
        shop.World.Options = shop.World.Options with
        {
            Suspicion = new SuspicionOptions { MostObservations = 2500 },
        };

        Assert.Equal("client = '203.0.113.5'", Assert.Single(shop.World.Findings()).Where);
    }
}
