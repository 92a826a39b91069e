using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Staff;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Breadth;

/// <summary>
/// A shop on ten networks of three carriers, where one session in fifty reads somebody else's data, and a thief with
/// addresses all over a fourth system.
/// </summary>
public sealed class SystemBreadthTests
{
    private const string Rented = "AS64511";
    private static readonly EventTime Start = Some.Time("2025-04-14T00:00:00Z");

    private static World Shop(int days = 5, int sessions = 300)
    {
        var world = Some.Lenient().WithSystem("198.51.100.", "AS64500").WithSystem("203.0.113.", "AS64501")
            .WithSystem("2001:db8:", "AS64502").WithSystem("192.0.", Rented);
        for (var day = 0; day < days; day++)
            for (var i = 0; i < sessions; i++)
                Honest(world, day, i, (i % 3) switch
                {
                    0 => $"198.51.100.{i % 200}",
                    1 => $"203.0.113.{i % 200}",
                    _ => Some.Client(i),
                });
        return world;
    }

    private static void Honest(World world, int day, int number, string client)
    {
        var visit = new Visit((ulong)(1_000_000 * (day + 1) + number), 10_000 + number, client);
        var at = Start.Plus(day * EventTime.Day + number * EventTime.Second);
        world.Read(at, visit);
        if (number % 50 == 0)
            world.Read(at.Plus(1), visit, subject: 500_000 + number);
    }

    /// <summary>Each of his addresses, in networks of their own, reads five people with one session.</summary>
    private static World Theft(World world, int people, int networks = 20, int day = 3)
    {
        for (var i = 0; i < people; i++)
            world.Read(
                Start.Plus(day * EventTime.Day + i * EventTime.Minute),
                new Visit(
                    (ulong)(77_000 + i / 5), 77_000 + i / 5, $"192.0.{i / 5 % networks}.9", $"Agent/{i / 5}", null),
                subject: 900_000 + i);
        return world;
    }

    private static IReadOnlyList<Finding> BySystem(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "breadth" && finding.ActorKind == "system")];

    [Fact]
    public void Who_spreads_his_reading_over_a_rented_system_is_found_by_it_alone()
    {
        var world = Theft(Shop(), 100);

        var finding = Assert.Single(world.Findings());

        Assert.Equal(("breadth", "system", Rented), (finding.Detector, finding.ActorKind, finding.ActorValue));
        Assert.Equal(Severity.Low, finding.Severity);
        Assert.StartsWith("network in ('192.0.0.0/24', '192.0.1.0/24', ", finding.Where, StringComparison.Ordinal);
        Assert.Contains(" and someone-else and time between '2025-04-17T", finding.Where, StringComparison.Ordinal);
        Assert.Equal(20, finding.Where.Split("192.0.").Length - 1);
        // The 51st person.
        Assert.Equal(Start.Plus(3 * EventTime.Day + 50 * EventTime.Minute), finding.Raised);
        Assert.Contains(finding.Evidence, evidence => evidence is
        {
            What: "different people a day", Here: "up to 100", Elsewhere: "expected 0.4, threshold 50",
        });
    }

    [Fact]
    public void As_many_as_the_floor_raise_no_question() => Assert.Empty(BySystem(Theft(Shop(), 50)));

    [Fact]
    public void A_system_of_one_network_is_that_network() => Assert.StartsWith(
        "network = '192.0.0.0/24' and someone-else and time between",
        Assert.Single(BySystem(Theft(Shop(), 100, networks: 1))).Where, StringComparison.Ordinal);

    [Fact]
    public void Without_a_table_of_systems_there_is_none()
    {
        var world = Some.Lenient();
        for (var i = 0; i < 300; i++)
            Honest(world, 0, i, Some.Client(i));

        Assert.Empty(Theft(world, 100).Findings());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_carrier_with_thousands_of_honest_people_reads_many_and_is_none(int days)
    {
        var world = Shop(days);
        for (var day = 0; day < days; day++)
            for (var i = 0; i < 6000; i++)
                Honest(world, day, 20_000 + i, $"203.0.{i % 250}.{i % 7}");
        world.WithSystem("203.0.", "AS64503");

        Assert.Empty(BySystem(world));
    }

    [Fact]
    public void A_carrier_whose_people_share_more_than_others_is_held_against_its_own_days()
    {
        var world = Shop().WithSystem("203.0.", "AS64503");
        for (var day = 0; day < 5; day++)
            for (var i = 0; i < 2000; i++)
            {
                var visit = new Visit((ulong)(9_000_000 * (day + 1) + i), 50_000 + i, $"203.0.{i % 250}.{i % 7}");
                world.Read(Start.Plus(day * EventTime.Day + i * 10 * EventTime.Second), visit);
                if (i % 6 == 0)
                    world.Read(Start.Plus(day * EventTime.Day + i * 10 * EventTime.Second + 1), visit, 600_000 + i);
            }

        Assert.Empty(BySystem(world));
    }

    [Fact]
    public void A_stop_between_runs_changes_nothing()
    {
        var world = Theft(Theft(Shop(), 120), 90, day: 4);
        var whole = world.Findings().Select(finding => finding.Text()).ToList();

        Assert.Contains(whole, text => text.Contains(Rented, StringComparison.Ordinal));
        Assert.Equal(whole, world.FindingsAfterRestarts(400, 950, 1100, 1300).Select(finding => finding.Text()));
    }

    [Fact]
    public void A_flood_from_many_systems_does_not_make_it_forget_the_slow_thief()
    {
        var world = new World().WithSystem("203.0.113.", Rented);
        var context = world.Context with { SystemOf = client => SystemOf(client) };
        var options = new BreadthOptions { Memory = 16L << 20 };
        var detector = new BreadthDetector(context, new AddressSystems(context), options, new SurplusOptions());
        var (symbols, batch, held) = (world.Catalog.Symbols, new AccessBatch(), 0L);
        // A person every two hours for 60 days from two networks; each time 40 systems that never came before.
        for (var step = 0; step < 720; step++)
        {
            Add(step, $"203.0.{step % 2}.9", 1, 900_000 + step);
            for (var i = 0; i < 40; i++)
                Add(step, $"10.{step}.{i}.1", 2 + step * 40 + i, 2 + step * 40 + i + i % 2);
        }
        detector.Observe(batch);

        var found = Assert.Single(detector.Conclude(), finding => finding.ActorKind == "system");
        Assert.Equal(Rented, found.ActorValue);
        Assert.True(held <= options.Memory / 8 * 1.1, $"{held:N0} bytes were held");
        Assert.True(detector.Systems.Forgotten > 0);

        void Add(int step, string client, long account, long subject)
        {
            var address = symbols.Intern(client);
            batch.Add(
                new AccessRecord
                {
                    Time = Start.Plus(step * 2 * EventTime.Hour),
                    Kind = RecordKind.Access,
                    Outcome = Outcome.Disclosed,
                    Client = address,
                    Account = new SubjectId(account),
                    Subject = new SubjectId(subject),
                    Operation = 1,
                    Expires = EventTime.Latest,
                },
                symbols.Intern(client[..client.LastIndexOf('.')] + ".0/24"));
            batch.Traits[batch.Count - 1] = account == subject ? Trait.None : Trait.SomeoneElse;
            if (!batch.IsFull)
                return;
            detector.Observe(batch);
            batch.Clear();
            held = Math.Max(held, detector.Systems.Bytes);
        }
    }

    private static string SystemOf(ReadOnlySpan<byte> client)
    {
        var parts = System.Text.Encoding.ASCII.GetString(client).Split('.');
        return parts[0] == "203" ? Rented : $"AS{parts[1]}{parts[2]}";
    }
}
