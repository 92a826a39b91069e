using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Breadth;

public sealed class BreadthTests
{
    private static readonly Visit Visit = Some.Visit();
    private static readonly Visit Nobody = new(0, null, "203.0.113.9", Key: null);

    private static EventTime At(int day, int second) =>
        Some.Time("2025-04-14T01:00:00Z").Plus(day * EventTime.Day + second * EventTime.Second);

    /// <summary>A world in which nothing is beyond chance, so that breadth stands alone.</summary>
    private static World Lenient()
    {
        var world = Some.World();
        world.Options = new DetectionOptions
        {
            Suspicion = new SuspicionOptions { FalseAlarmsPerYear = double.Epsilon },
        };
        return world;
    }

    private static IReadOnlyList<Finding> Breadth(World world) =>
        [.. world.Findings().Where(finding => finding.Detector is "breadth" or "peer")];

    private static World Reads(World world, Visit visit, int people, int day = 0)
    {
        for (var i = 0; i < people; i++)
            world.Read(At(day, i), visit, subject: 1000 + i);
        return world;
    }

    /// <summary>Ten employees for five days, 20 to 38 people a day each.</summary>
    private static World Office()
    {
        var world = Lenient();
        for (var day = 0; day < 5; day++)
            for (var who = 0; who < 10; who++)
                for (var i = 0; i < 20 + 2 * who; i++)
                    world.ReadAsStaff(At(day, 60 * i), $"e-{who}", 10_000 * who + 100 * day + i);
        return world;
    }

    private static World Office(string principal, int people)
    {
        var world = Office();
        for (var i = 0; i < people; i++)
            world.ReadAsStaff(At(2, 30 * i), principal, 900_000 + i);
        return world;
    }

    [Fact]
    public void A_session_may_see_as_many_others_as_the_floor() => Assert.Empty(Reads(Lenient(), Visit, 8).Findings());

    [Fact]
    public void One_more_is_out_of_the_ordinary_at_that_moment()
    {
        var finding = Assert.Single(Breadth(Reads(Lenient(), Visit, 9)));

        Assert.Equal(At(0, 8), finding.Raised);
        Assert.Equal((At(0, 0), At(0, 8)), (finding.First, finding.Last));
        Assert.Equal(Severity.High, finding.Severity);
        Assert.EndsWith(" and someone-else", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeing_one_person_often_is_not_seeing_many()
    {
        var world = Lenient();
        for (var i = 0; i < 1000; i++)
            world.Read(At(0, i), Visit, subject: 7);

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void The_own_account_never_counts()
    {
        var world = Reads(Lenient(), Visit, 8).Read(At(0, 60), Visit).Read(At(0, 61), Visit, operation: "addresses");

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void What_was_not_disclosed_was_not_seen()
    {
        var world = Lenient();
        for (var i = 0; i < 50; i++)
            world.Read(At(0, i), Visit, subject: 1000 + i, outcome: Outcome.Refused);

        Assert.Empty(Breadth(world));
    }

    [Fact]
    public void A_role_of_even_habits_has_a_threshold_above_its_floor()
    {
        // median about 28, spread of the logarithm at least 0.12: at least 28 · e^0.96 = 73 a day
        Assert.Empty(Office("e-3", 46).Findings());
        Assert.NotEmpty(Office("e-3", 300).Findings());
    }

    [Fact]
    public void An_employee_far_above_the_role_is_found_on_that_day_with_that_operation()
    {
        var finding = Assert.Single(Breadth(Office("e-3", 300)));

        Assert.Equal(("principal", "e-3"), (finding.ActorKind, finding.ActorValue));
        Assert.StartsWith(
            $"principal = 'e-3' and operation = 'staff-search' and time between '{At(2, 0)}'", finding.Where,
            StringComparison.Ordinal);
        Assert.True(finding.Raised > At(2, 0) && finding.Raised < At(2, 30 * 300));
        Assert.Contains("median 30", Assert.Single(finding.Evidence).Elsewhere, StringComparison.Ordinal);
    }

    [Fact]
    public void The_moment_is_when_the_threshold_was_crossed()
    {
        var world = Lenient();
        world.Options = world.Options with
        {
            Breadth = new BreadthOptions { PrincipalFloor = 2, Deviations = 1, LeastSpread = 0 },
        };
        // Nine days of four people each: the threshold is the median itself.
        for (var day = 0; day < 9; day++)
            for (var i = 0; i < 4; i++)
                world.ReadAsStaff(At(day, i), $"e-{day}", i);
        for (var i = 0; i < 10; i++)
            world.ReadAsStaff(At(9, i), "e-9", i);

        Assert.Equal(At(9, 4), Assert.Single(Breadth(world)).Raised);
    }

    [Fact]
    public void A_role_with_too_few_days_has_nothing_to_be_compared_with()
    {
        var world = Lenient();
        for (var i = 0; i < 5000; i++)
            world.ReadAsStaff(At(0, i), "svc-export", i);

        Assert.Empty(Breadth(world));
    }

    [Fact]
    public void The_day_ends_at_midnight_of_the_configured_zone()
    {
        // 14:59 and 15:00 in UTC are two days in Seoul; six people in each are not twelve in one.
        static World Evening(World world)
        {
            for (var i = 0; i < 12; i++)
                world.Read(Some.Time("2025-04-14T14:59:54Z").Plus(i * EventTime.Second), Visit, subject: 1000 + i);
            return world;
        }

        Assert.Empty(Evening(Lenient().In("Asia/Seoul")).Findings());
        Assert.Single(Breadth(Evening(Lenient())));
    }

    [Fact]
    public void An_address_counts_only_where_no_account_is_known_and_is_of_low_severity()
    {
        var world = Reads(Lenient(), Nobody, 1001);
        for (var i = 1; i <= 8; i++)
            Reads(world, Nobody with { Client = Some.Client(i) }, 10);

        var finding = Assert.Single(world.Findings());

        Assert.Equal(Severity.Low, finding.Severity);
        Assert.Equal(("client", "203.0.113.9"), (finding.ActorKind, finding.ActorValue));
        Assert.StartsWith("client = '203.0.113.9' and time between", finding.Where, StringComparison.Ordinal);
        Assert.Equal(At(0, 1000), finding.Raised);
    }

    [Fact]
    public void What_another_finding_names_is_not_said_again()
    {
        var world = Some.World();
        for (var i = 1; i <= 300; i++)
            world.Login(At(0, i), Some.Visit(i)).Read(At(0, i), Some.Visit(i));
        Reads(world, Some.Visit(5), 40);

        Assert.Equal(["suspicion"], world.Findings().Select(finding => finding.Detector));
    }

    [Fact]
    public void A_session_on_several_days_is_one_finding()
    {
        var world = Reads(Reads(Lenient(), Visit, 9), Visit, 12, day: 1);

        var finding = Assert.Single(Breadth(world));

        Assert.Equal((At(0, 0), At(1, 11)), (finding.First, finding.Last));
        Assert.StartsWith("Up to 12 different people a day, on 2 days", finding.Why, StringComparison.Ordinal);
    }
}
