using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class StaffAndSessionTests
{
    private const string Desk = "198.51.100.10";

    private static EventTime At(int day, int hour, int second = 0) =>
        Shop.Start.Plus(day * EventTime.Day + hour * EventTime.Hour + second * EventTime.Second);

    /// <summary>Forty employees who each look up thirty customers a day, from nine to five, for ten days.</summary>
    internal static World Office()
    {
        var (world, random) = (Some.World(), new Random(1));
        for (var day = 0; day < 10; day++)
            for (var who = 0; who < 40; who++)
                for (var i = 0; i < 30; i++)
                    world.ReadAsStaff(
                        At(day, 9, random.Next(8 * 3600)), $"e-{who}", random.Next(100_000), Desk);
        return world;
    }

    /// <summary>A service that looks up customers around the clock from the addresses of one network.</summary>
    private static void Serve(World world, string name, string network, int from, int days, int first)
    {
        for (var i = 0; i < days * 24; i++)
            world.ReadAsStaff(
                At(from, 0, i * 3600), name, first + i, $"{network}.{i % 6}", "fetch/1.0", operation: "addresses");
    }

    [Fact]
    public void A_working_week_of_an_office_raises_nothing() => Assert.Empty(Office().Findings());

    [Fact]
    public void An_insider_at_night_is_found_with_the_stretches_of_his_nights()
    {
        var world = Office();
        foreach (var day in new[] { 5, 7 })
            for (var i = 0; i < 25; i++)
                world.ReadAsStaff(At(day, 2, i * 60), "e-4", 500_000 + 100 * day + i, Desk);

        var finding = Assert.Single(world.Findings());

        Assert.Equal(("suspicion", "T1078"), (finding.Detector, finding.Technique));
        Assert.Equal(("principal", "e-4"), (finding.ActorKind, finding.ActorValue));
        Assert.Equal(
            $"(principal = 'e-4' and (time between '{At(5, 2)}' and '{At(5, 2, 24 * 60)}' "
            + $"or time between '{At(7, 2)}' and '{At(7, 2, 24 * 60)}'))",
            finding.Where);
        // three reads of an hour are evidence; the rest of a raid only belongs to it
        Assert.InRange(finding.Raised.Microseconds, At(7, 2).Microseconds, At(7, 2, 12 * 60).Microseconds);
    }

    [Fact]
    public void Reads_without_a_ticket_are_found_on_the_first_evening_and_told_from_the_rest()
    {
        var (world, random) = (Some.World(), new Random(2));
        for (var day = 0; day < 6; day++)
            for (var who = 0; who < 6; who++)
                for (var i = 0; i < 25; i++)
                    world.ReadAsStaff(
                        At(day, 9, random.Next(8 * 3600)), $"e-{who}", random.Next(100_000), Desk, operation: "desk");
        foreach (var day in new[] { 3, 4 })
            for (var i = 0; i < 6; i++)
                world.ReadAsStaff(
                    At(day, 10 + i, i), "e-4", 500_000 + i, Desk, operation: "desk", hasTicket: false);

        var finding = Assert.Single(world.Findings());

        Assert.Equal("principal = 'e-4' and no-ticket", finding.Where);
        Assert.InRange(finding.Raised.Microseconds, At(3, 10).Microseconds, At(3, 16).Microseconds);
        Assert.Contains(finding.Evidence, evidence => evidence.What == "without a ticket");
    }

    [Fact]
    public void An_hour_of_overtime_raises_nothing()
    {
        var world = Office();
        for (var i = 0; i < 20; i++)
            world.ReadAsStaff(At(5, 17, i * 150), "e-7", 700_000 + i, Desk)
                .ReadAsStaff(At(6, 18, i * 150), "e-8", 800_000 + i, Desk);

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void A_service_account_that_is_stolen_on_its_first_evening_is_found()
    {
        // Stolen on the first evening: two days of watching would have taken the thief for a habit.
        var world = Some.World();
        for (var i = 0; i < 4; i++)
            for (var read = 0; read < 400; read++)
                world.ReadAsStaff(At(0, 0, read * 600), $"svc-{i}", 10_000 * i + read, "192.0.2.7", "fetch/1.0");
        for (var read = 0; read < 60; read++)
            world.ReadAsStaff(At(0, 18, read * 600), "svc-2", 90_000 + read, "203.0.113.9", "curl/8");

        var finding = Assert.Single(world.Findings());

        Assert.Contains("203.0.113.", finding.Where, StringComparison.Ordinal);
        Assert.True(finding.Raised < At(0, 20));
    }

    [Fact]
    public void A_service_account_from_a_network_that_others_use_is_tied_to_both()
    {
        // Every service is at home in its own network; the thief of one works from the home of another.
        var world = Some.World();
        for (var i = 0; i < 6; i++)
            Serve(world, $"svc-{i}", "192.0.2", from: 0, days: 10, first: 10_000 * i);
        Serve(world, "svc-mail", "198.51.100", from: 0, days: 10, first: 100_000);
        Serve(world, "svc-mail", "192.0.2", from: 5, days: 3, first: 200_000);

        var finding = Assert.Single(world.Findings());

        Assert.Equal("(principal = 'svc-mail' and network = '192.0.2.0/24')", SortedPair(finding.Where));
        Assert.Contains(finding.Evidence, evidence => evidence.What == "from a network never used before");
    }

    /// <summary>Five services around the clock, each at home in a network of its own, every ten minutes.</summary>
    private static World Services(Func<int, EventTime, (string Client, string Agent)> from, int days = 8)
    {
        var world = Some.World();
        for (var who = 0; who < 5; who++)
            for (var read = 0; read < days * 144; read++)
            {
                var at = At(0, 0, read * 600 + who);
                var (client, agent) = from(who, at);
                world.ReadAsStaff(at, $"svc-{who}", 100_000 * who + read, client, agent, operation: "addresses");
            }
        return world;
    }

    private static string Home(int who) => $"10.30.{who}.7";

    [Fact]
    public void A_service_that_moves_to_another_network_and_to_other_software_raises_nothing() =>
        Assert.Empty(Services((who, at) => who == 3 && at >= At(4, 10)
            ? ("10.77.0.7", "fetch-next/1.0") : (Home(who), "sync/2.3")).Findings());

    [Fact]
    public void A_new_version_that_is_rolled_out_over_days_raises_nothing() =>
        Assert.Empty(Services((who, at) => (Home(who), at >= At(4, 10) && at.Microseconds % 3 == who % 3
            ? "sync/2.4" : "sync/2.3")).Findings());

    [Fact]
    public void A_day_at_home_raises_nothing()
    {
        var (world, random) = (Some.World(), new Random(5));
        for (var day = 0; day < 8; day++)
            for (var who = 0; who < 8; who++)
                for (var i = 0; i < 40; i++)
                    world.ReadAsStaff(
                        At(day, 9, random.Next(8 * 3600)), $"e-{who}", random.Next(100_000),
                        who == 2 && day is 5 or 6 ? "203.0.113.77" : Desk);

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void A_thief_beside_the_service_is_found_though_it_moved_two_days_before()
    {
        var world = Services((who, at) => (who == 3 && at >= At(4, 10) ? "10.77.0.7" : Home(who), "sync/2.3"));
        for (var read = 0; read < 40; read++)
            world.ReadAsStaff(
                At(6, 11, read * 60), "svc-3", 900_000 + read, "203.0.113.9", "sync/2.3", operation: "addresses");

        var finding = Assert.Single(world.Findings());

        Assert.Contains("203.0.113.", finding.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("10.77.", finding.Where, StringComparison.Ordinal);
        Assert.InRange(finding.Raised.Microseconds, At(6, 11).Microseconds, At(6, 11, 600).Microseconds);
    }

    [Fact]
    public void A_thief_who_takes_up_an_account_that_nobody_used_for_weeks_is_found()
    {
        var world = Services((who, at) => (Home(who), "sync/2.3"), days: 12);
        for (var read = 0; read < 144; read++)
            world.ReadAsStaff(
                At(0, 0, read * 600 + 9), "svc-old", 800_000 + read, "10.30.9.7", "sync/1.0", operation: "addresses");
        for (var read = 0; read < 40; read++)
            world.ReadAsStaff(
                At(10, 11, read * 60), "svc-old", 900_000 + read, "203.0.113.9", "sync/1.0", operation: "addresses");

        Assert.Contains("203.0.113.", Assert.Single(world.Findings()).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_reads_others_is_found_within_ten_people_and_scoped_by_itself()
    {
        var shop = new Shop(11).Serve(3000);
        var thief = new Visit(shop.NewCredential(), 4242, Shop.Carrier(3));
        shop.World.Login(At(2, 3), thief);
        for (var i = 0; i < 60; i++)
            shop.World.Read(At(2, 3, 60 + i), thief, subject: 6001 + i);

        var finding = Assert.Single(shop.World.Findings());

        Assert.Equal(("suspicion", "T1213"), (finding.Detector, finding.Technique));
        Assert.EndsWith(" and someone-else", finding.Where, StringComparison.Ordinal);
        Assert.True(finding.Raised <= At(2, 3, 70));
        Assert.Equal((At(2, 3, 60), At(2, 3, 119)), (finding.First, finding.Last));
    }

    [Fact]
    public void What_the_same_account_read_in_another_session_belongs_to_it()
    {
        var shop = new Shop(11).Serve(3000);
        var (thief, before) = (new Visit(shop.NewCredential(), 4242, Shop.Carrier(3)),
            new Visit(shop.NewCredential(), 4242, Shop.Carrier(9)));
        shop.World.Login(At(2, 1), before).Read(At(2, 1, 5), before).Read(At(2, 1, 30), before, subject: 6000);
        shop.World.Login(At(2, 3), thief);
        for (var i = 1; i < 60; i++)
            shop.World.Read(At(2, 3, 60 + i), thief, subject: 6000 + i);

        var finding = Assert.Single(shop.World.Findings());

        Assert.Equal("account = '4242' and someone-else", finding.Where);
        Assert.Equal((At(2, 1, 30), At(2, 3, 119)), (finding.First, finding.Last));
        Assert.True(finding.Raised >= At(2, 3, 60));
    }

    [Fact]
    public void Now_and_then_a_family_reads_each_other_and_nothing_is_raised()
    {
        var shop = new Shop(12).Serve(3000);
        for (var i = 0; i < 60; i++)
        {
            var visit = Some.Visit(30_000 + i) with { Credential = shop.NewCredential() };
            shop.World.Login(At(1, 10, i), visit).Read(At(1, 10, i + 5), visit)
                .Read(At(1, 10, i + 9), visit, subject: 31_000 + i);
        }

        Assert.Empty(shop.World.Findings());
    }

    // Which literal comes first is of no consequence.
    private static string SortedPair(string where) =>
        "(" + string.Join(" and ", where.Trim('(', ')').Split(" and ").OrderDescending(StringComparer.Ordinal)) + ")";
}
