using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

public sealed class RestartTests
{
    private static readonly EventTime Start = Some.Time("2025-04-07T00:00:00Z");

    private static EventTime At(int minute) => Start.Plus(minute * EventTime.Minute);

    /// <summary>Something for each detector whose state is its own, over eight days.</summary>
    private static World Busy(bool forged)
    {
        var world = Some.Lenient().WithDecoys(77_777)
            .WithKeys(
                new KeyHolding("k-main", null, null, "e-17", null),
                new KeyHolding("k-old", null, At(3000), "e-1", null));
        world.WithIssuer();
        ulong credential = 0;
        Visit Next(long account, string? client = null, string key = "k-main") =>
            new(++credential * 0x9E3779B97F4A7C15UL, account, client ?? Some.Client((int)account), Key: key);
        for (var hour = 0; hour < 8 * 24; hour++)
            for (var i = 0; i < 6; i++)
            {
                var visit = Next(1 + (hour * 7 + i * 131) % 900, key: i == 5 ? "k-old" : "k-main");
                var at = At(60 * hour + 9 * i);
                world.Issue(at, visit, expires: at.Plus(EventTime.Hour)).Login(at, visit).Browse(at, visit)
                    .Read(at.Plus(EventTime.Minute), visit);
                world.ReadAsStaff(at, $"e-{i}", 1 + (hour * 13 + i * 17) % 900);
                // A day of its own for an employee who reads everybody.
                if (hour is > 120 and < 130)
                    for (var more = 0; more < 20; more++)
                        world.ReadAsStaff(at, "e-3", 10_000 + 120 * hour + 20 * i + more);
                if (hour > 150 && i == 0)
                    world.Read(at.Plus(3 * EventTime.Hour), visit);
            }
        var stray = Next(12);
        world.Issue(At(100), stray).Login(At(100), stray).Read(At(101), stray with { Account = 13 });
        var curious = Next(14);
        world.Issue(At(5000), curious).Login(At(5000), curious);
        for (var i = 0; i < 40; i++)
            world.Read(At(5000 + 40 * i), curious, subject: i == 9 ? 77_777 : 20_000 + 531 * i * i % 9001);
        for (var i = 0; i < 90; i++)
        {
            var visit = Next(40_000 + i, "203.0.113.9", "k-unknown");
            if (!forged)
                world.Issue(At(7000 + 5 * i), visit).Login(At(7000 + 5 * i), visit);
            world.Read(At(7000 + 5 * i), visit, outcome: i % 3 == 0 ? Outcome.Absent : Outcome.Disclosed);
        }
        return world;
    }

    private static List<string> Texts(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Text())];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_is_stopped_and_goes_on_finds_what_one_without_a_stop_finds(bool forged)
    {
        var world = Busy(forged);
        var whole = world.Findings();
        var random = new Random(11);

        Assert.Equal(
            forged
                ? ["borrowed-credential", "breadth", "canary", "expired-credential", "key-custody", "peer",
                    "unissued-credential"]
                : ["absent-accounts", "borrowed-credential", "breadth", "canary", "expired-credential", "key-custody",
                    "peer", "walk"],
            whole.Select(finding => finding.Detector).Distinct().Order(StringComparer.Ordinal).ToArray());
        for (var i = 0; i < 6; i++)
        {
            var cuts = Enumerable.Range(0, 1 + i % 3).Select(_ => random.Next(1, world.RowCount)).Order().Distinct();
            Assert.Equal(Texts(whole), Texts(world.FindingsAfterRestarts(cuts)));
        }
    }

    /// <summary>Thefts that are evidence, over many days: passes that nobody issued, and a stolen service.</summary>
    private static World Suspicious(int seed, bool opensPagesFirst)
    {
        var shop = new Shop(seed).Serve(3000);
        var theft = Shop.Start.Plus(2 * EventTime.Day);
        // Neither half of it is enough.
        if (opensPagesFirst)
            for (var i = 0; i < 12; i++)
            {
                var at = theft.Plus(i * 3 * EventTime.Hour);
                var visit = new Visit(shop.NewCredential(), 70_000 + 977 * i * i % 9001, "203.0.113.5");
                shop.World.Browse(at, visit).Read(at.Plus(EventTime.Second), visit, outcome: Outcome.Absent);
            }
        else
            shop.Rob(theft, 10, "203.0.113.5");
        for (var i = 0; i < 400; i++)
            shop.World.ReadAsStaff(
                Shop.Start.Plus(i * 20 * EventTime.Minute), "svc-mail", 1 + i * 7919L % 4001,
                i is 300 or > 320 and < 330 ? "192.0.2.77" : "198.51.100.10");
        return shop.World;
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Evidence_of_days_is_not_forgotten_by_a_restart(int seed, bool opensPagesFirst)
    {
        var world = Suspicious(seed, opensPagesFirst);
        var whole = world.Findings();
        var random = new Random(seed);

        Assert.Equal(2, whole.Count(finding => finding.Detector == "suspicion"));
        for (var i = 0; i < 4; i++)
        {
            var cuts = Enumerable.Range(0, 1 + i).Select(_ => random.Next(1, world.RowCount)).Order().Distinct();
            Assert.Equal(Texts(whole), Texts(world.FindingsAfterRestarts(cuts)));
        }
    }

    [Fact]
    public void Asking_twice_gives_the_same_answer()
    {
        var detectors = Busy(forged: false).Detectors();

        Assert.Equal(Texts(detectors.Conclude()), Texts(detectors.Conclude()));
    }

    [Fact]
    public void State_that_was_cut_off_is_not_taken_up()
    {
        using var state = new MemoryStream();
        Busy(forged: true).Detectors().Save(state);

        foreach (var length in new[] { 0L, 3, 15, 16, 1000, state.Length / 2, state.Length - 1 })
        {
            using var cut = new MemoryStream(state.ToArray()[..(int)length]);
            var detectors = new DetectorSet(Busy(forged: true).Context, new DetectionOptions());

            Assert.False(detectors.Restore(cut));
            Assert.Empty(detectors.Conclude());
        }
    }

    [Fact]
    public void A_part_of_another_version_is_passed_over_and_the_others_are_taken_up()
    {
        using var state = new MemoryStream();
        var world = Busy(forged: false);
        world.Detectors().Save(state);
        var bytes = state.ToArray();
        var name = "\u0004walk"u8;
        bytes[bytes.AsSpan().IndexOf(name) + name.Length] = 99;
        var detectors = new DetectorSet(world.Context, world.Options);

        Assert.False(detectors.Restore(new MemoryStream(bytes)));

        Assert.Equal(
            world.Findings().Where(finding => finding.Detector != "walk").Select(finding => finding.Where),
            detectors.Conclude().Select(finding => finding.Where));
    }
}
