using WhoSaw.Detection.Breadth;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Dormancy;

public sealed class DormantAccountsTests
{
    private const int Awake = 10_000;
    private const int Everybody = 13_000;

    private static EventTime At(int day, int second) =>
        Some.Time("2025-04-14T00:00:00Z").Plus(day * EventTime.Day + second * EventTime.Second);

    /// <summary>A register of 13,000 accounts of which 3,000 are dormant; nothing else can be found.</summary>
    private static World Register()
    {
        var world = Some.Lenient().WithDormant(Enumerable.Range(Awake, Everybody - Awake).Select(i => (long)i));
        world.Options = world.Options with { Breadth = new BreadthOptions { Deviations = 100 } };
        return world;
    }

    /// <summary>Twelve employees for eight days from nine to six, with 40 to 90 customers a day each.</summary>
    private static World Office(double dormant = 0, int seed = 1)
    {
        var (world, random) = (Register(), new Random(seed));
        for (var day = 0; day < 8; day++)
            for (var who = 0; who < 12; who++)
                for (var i = random.Next(40, 90); i > 0; i--)
                    world.ReadAsStaff(
                        At(day, 9 * 3600 + random.Next(9 * 3600)), $"e-{who}",
                        random.NextDouble() < dormant ? random.Next(Awake, Everybody) : random.Next(Awake), Desk(who));
        return world;
    }

    private static string Desk(int who) => $"198.51.100.{10 + who}";

    /// <summary>A service around the clock from two addresses of one network, thirty reads an hour for eight days.
    /// </summary>
    private static World Deliveries()
    {
        var (world, random) = (Register(), new Random(3));
        for (var i = 0; i < 8 * 24 * 30; i++)
            world.ReadAsStaff(
                At(0, i * 120 + random.Next(100)), "svc-delivery", random.Next(Awake), $"192.0.2.{11 + i % 2}",
                "delivery/2.3", operation: "addresses");
        return world;
    }

    /// <summary>Somebody reads at random: of everybody, or of these.</summary>
    private static World Read(
        World world, string who, int day, int reads, string client, int from = 0, int to = Everybody,
        string operation = "staff-search", int seed = 5)
    {
        var random = new Random(seed + day);
        for (var i = 0; i < reads; i++)
            world.ReadAsStaff(
                At(day, 9 * 3600 + i * (9 * 3600 / reads)), who, random.Next(from, to), client,
                operation == "addresses" ? "delivery/2.3" : "Chrome desk", operation);
        return world;
    }

    private static World Insider(World world, int reads = 150) =>
        Read(Read(world, "e-4", 5, reads, Desk(4)), "e-4", 6, reads, Desk(4));

    private static IReadOnlyList<Finding> Dormant(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "dormant-accounts")];

    [Fact]
    public void An_insider_who_draws_from_the_register_is_found_on_his_first_day()
    {
        var finding = Assert.Single(Insider(Office()).Findings());

        Assert.Equal(
            ("dormant-accounts", Severity.Medium, "T1078"), (finding.Detector, finding.Severity, finding.Technique));
        Assert.Equal(("principal", "e-4"), (finding.ActorKind, finding.ActorValue));
        Some.Within(finding.Raised, At(5, 9 * 3600), At(5, 16 * 3600));
        Assert.StartsWith("principal = 'e-4' and operation = 'staff-search' and (time between '", finding.Where,
            StringComparison.Ordinal);
        Assert.Equal(2, finding.Where.Split("time between").Length - 1);
    }

    /// <summary>Ten offices each; on two days he reads so many beside his work, of which some 65 are usual.</summary>
    [Fact]
    public void Two_days_are_past_enough()
    {
        var world = Office();
        Read(Read(world, "e-4", 2, 300, Desk(4)), "e-4", 3, 300, Desk(4));
        Some.Within(Assert.Single(Dormant(world)).Raised, At(2, 9 * 3600), At(2, 16 * 3600));
    }

    [Theory]
    [InlineData(65, 0)]
    [InlineData(130, 10)]
    [InlineData(195, 10)]
    [InlineData(585, 10)]
    public void Three_times_his_usual_number_is_enough(int reads, int least)
    {
        var until = new List<int>();
        for (var seed = 1; seed <= 10; seed++)
        {
            var office = Office(seed: seed);
            for (var day = 5; day < 7; day++)
                Read(office, "e-4", day, reads, Desk(4), seed: seed);
            until.AddRange(Dormant(office).Select(finding => (int)Math.Ceiling(
                (finding.Raised - At(5, 9 * 3600)) / (double)EventTime.Second / (9 * 3600 / reads))));
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{reads} a day: found {until.Count} of 10, after reads {string.Join(" ", until.Order())}");

        Assert.True(until.Count >= least);
    }

    [Fact]
    public void Who_reads_as_many_of_the_customers_that_call_is_not() =>
        Assert.Empty(Dormant(Read(Office(), "e-4", 5, 150, Desk(4), to: Awake)));

    [Fact]
    public void A_few_owners_who_come_back_on_a_busy_day_are_ordinary()
    {
        var world = Read(Office(), "e-4", 5, 150, Desk(4), to: Awake);

        Assert.Empty(Dormant(Read(world, "e-4", 5, 4, Desk(4), from: Awake)));
    }

    [Fact]
    public void An_office_that_speaks_with_dormant_customers_every_day_is_held_against_itself() =>
        Assert.Empty(Dormant(Insider(Office(dormant: 0.1), reads: 60)));

    [Fact]
    public void A_desk_for_dormant_accounts_that_reads_no_more_than_before_is_other_work()
    {
        var world = Office();
        for (var i = 0; i < 20; i++)
            for (var day = 5; day < 8; day++)
                world.ReadAsStaff(At(day, 9 * 3600 + 1500 * i), "e-4", Awake + 100 * day + i, Desk(4));

        Assert.Empty(Dormant(world));
    }

    [Fact]
    public void A_team_of_three_says_nothing_about_one_of_them()
    {
        var (world, random) = (Register(), new Random(4));
        for (var day = 0; day < 8; day++)
            for (var who = 0; who < 3; who++)
                for (var i = 0; i < 80; i++)
                    world.ReadAsStaff(
                        At(day, 9 * 3600 + 400 * i), $"e-{who}",
                        who == 1 && day > 4 && i % 5 == 0 ? random.Next(Awake, Everybody) : random.Next(Awake),
                        Desk(who));

        Assert.Empty(Dormant(world));
    }

    [Fact]
    public void A_list_of_dormant_accounts_that_somebody_works_through_is_work() =>
        Assert.Empty(Dormant(Read(Office(), "e-4", 5, 200, Desk(4), from: Awake)));

    [Fact]
    public void A_campaign_that_brings_them_back_brings_them_to_everybody()
    {
        var world = Office();
        for (var day = 5; day < 8; day++)
            for (var who = 0; who < 12; who++)
                Read(world, $"e-{who}", day, 150, Desk(who), seed: who);

        Assert.Empty(Dormant(world));
    }

    [Fact]
    public void A_new_employee_has_no_past_to_be_held_against() =>
        Assert.Empty(Dormant(Read(Office(), "e-99", 5, 300, Desk(99))));

    [Fact]
    public void Without_dormant_accounts_in_the_directory_nothing_is_said()
    {
        var world = Some.Lenient();
        for (var day = 0; day < 8; day++)
            Read(world, "e-4", day, 300, Desk(4));

        Assert.Empty(Dormant(world));
    }

    [Theory]
    [InlineData("192.0.2.99")]
    [InlineData("203.0.113.9")]
    public void Who_reads_beside_a_service_with_its_key_is_told_by_his_address(string thief)
    {
        var finding = Assert.Single(Deliveries().Stolen(thief, 60).Findings());

        Assert.Equal("dormant-accounts", finding.Detector);
        Assert.Equal(
            $"principal = 'svc-delivery' and operation = 'addresses' and client = '{thief}'", finding.Where);
        Some.Within(finding.Raised, At(5, 9 * 3600), At(5, 15 * 3600));
    }

    [Fact]
    public void What_he_read_on_the_evening_before_is_meant_too()
    {
        var world = Deliveries().Stolen("192.0.2.99", 60);
        world.ReadAsStaff(At(4, 86_000), "svc-delivery", 17, "192.0.2.99", "delivery/2.3", operation: "addresses");

        Assert.Equal(At(4, 86_000), Assert.Single(Dormant(world)).First);
    }

    [Fact]
    public void A_further_host_of_a_service_reads_what_the_others_read() =>
        Assert.Empty(Dormant(Read(
            Deliveries(), "svc-delivery", 5, 700, "192.0.2.13", to: Awake, operation: "addresses")));

    [Fact]
    public void A_service_that_is_let_at_everybody_from_all_its_hosts_has_other_work()
    {
        var world = Deliveries();
        foreach (var host in (int[])[11, 12])
            Read(world, "svc-delivery", 6, 300, $"192.0.2.{host}", operation: "addresses", seed: host);

        Assert.Empty(Dormant(world));
    }

    [Fact]
    public void A_service_that_reads_everybody_from_its_first_day_does_its_work()
    {
        var world = Deliveries();
        for (var day = 2; day < 6; day++)
            Read(world, "svc-letters", day, 500, "192.0.2.40", operation: "addresses");

        Assert.Empty(Dormant(world));
    }

    [Fact]
    public void A_run_that_is_stopped_and_goes_on_finds_the_same()
    {
        var world = Insider(Office());
        Read(world, "e-4", 7, 150, Desk(4));
        var whole = Assert.Single(Dormant(world)).Text();

        foreach (var cut in (int[])[1000, 4500, 5200])
            Assert.Contains(whole, world.FindingsAfterRestarts(cut).Select(finding => finding.Text()));
    }

    [Fact]
    public void Work_that_was_announced_is_a_note()
    {
        var world = Insider(Office());
        world.Options = world.Options with
        {
            Announcements = [new("e-4", At(5, 0), At(7, 0), "calls all who bought the kettle")],
        };

        Assert.Equal(Severity.Info, Assert.Single(Dormant(world)).Severity);
    }
}

file static class Theft
{
    /// <summary>Reads of everybody with the key of the service, of seven hours.</summary>
    public static World Stolen(this World world, string client, int reads)
    {
        var random = new Random(9);
        for (var i = 0; i < reads; i++)
            world.ReadAsStaff(
                Some.Time("2025-04-19T09:00:00Z").Plus(i * 420 * EventTime.Second), "svc-delivery",
                random.Next(13_000), client, "delivery/2.3", operation: "addresses");
        return world;
    }
}
