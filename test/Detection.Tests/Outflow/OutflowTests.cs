using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Outflow;

public sealed class OutflowTests
{
    private static readonly EventTime Start = Some.Time("2025-04-14T00:00:00Z");

    private static EventTime At(double day, double hour = 0) =>
        Start.Plus((long)(day * EventTime.Day + hour * EventTime.Hour));

    private static IReadOnlyList<Finding> Outflows(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "outflow")];

    /// <summary>An application that takes 50 rows an hour, and a host that sends a megabyte to three others.</summary>
    private static World Quiet(int days = 6)
    {
        var world = Some.World();
        for (var hour = 0; hour < days * 24; hour++)
        {
            world.Statement(At(0, hour), "app", "10.0.0.1", 40 + hour % 20);
            for (var to = 0; to < 3; to++)
                world.Flow(At(0, hour + 0.1 * to), "10.0.0.9", $"10.0.1.{to}", 900_000 + 1000 * (hour % 90));
        }
        return world;
    }

    [Fact]
    public void Quiet_days_raise_nothing() => Assert.Empty(Outflows(Quiet()));

    [Fact]
    public void A_session_that_takes_far_more_rows_than_ever_is_found_as_it_happens()
    {
        var world = Quiet();
        for (var batch = 0; batch < 10; batch++)
            world.Statement(At(4, 3 + batch * 0.1), "admin", "10.0.0.9", 5000, operation: 1);
        var finding = Assert.Single(Outflows(world));
        Assert.Equal(("principal", "admin"), (finding.ActorKind, finding.ActorValue));
        Assert.Equal(At(4, 3), finding.Raised);
        Assert.Equal((At(4, 3), At(4, 3.9)), (finding.First, finding.Last));
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Contains("50,000 rows", finding.Why, StringComparison.Ordinal);
        Assert.Equal(
            $"source = 'database' and principal = 'admin' and time between '{At(4, 3)}' and '{At(4, 3.9)}'",
            finding.Where);
    }

    [Fact]
    public void Rows_and_the_bytes_of_the_host_that_took_them_are_one_finding()
    {
        var world = Quiet();
        world.Statement(At(4, 3), "admin", "10.0.0.9", 50_000, operation: 1);
        world.Flow(At(4, 3.5), "10.0.0.9", "203.0.113.5", 9_820_000_000);
        var finding = Assert.Single(Outflows(world));
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Contains(" or ", finding.Where, StringComparison.Ordinal);
        Assert.Contains(finding.Evidence, reason => reason.Here == "9.82 GB");
    }

    [Fact]
    public void Bytes_to_a_host_within_are_less_than_bytes_to_the_world()
    {
        Finding Of(string to) => Assert.Single(Outflows(Quiet().Flow(At(4, 3), "10.0.0.9", to, 9_820_000_000)));
        Assert.Equal(Severity.Medium, Of("10.0.2.7").Severity);
        Assert.Equal(Severity.High, Of("203.0.113.5").Severity);
    }

    [Fact]
    public void What_a_host_always_did_is_ordinary()
    {
        var world = Quiet();
        for (var day = 0; day < 6; day++)
            world.Flow(At(day, 2), "10.0.0.8", "10.0.3.1", 50_000_000_000 + day * 1_000_000_000L);
        Assert.Empty(Outflows(world));
    }

    [Fact]
    public void Nothing_is_judged_before_it_was_learned_what_is_ordinary() =>
        Assert.Empty(Outflows(Quiet().Flow(At(1, 3), "10.0.0.9", "203.0.113.5", 9_820_000_000)));

    [Fact]
    public void Below_the_floor_nobody_asks() =>
        Assert.Empty(Outflows(Quiet().Statement(At(4, 3), "admin", "10.0.0.9", 1000)));

    [Fact]
    public void A_thief_who_goes_on_is_held_against_the_time_before_him()
    {
        var world = Quiet();
        for (var day = 3; day < 6; day++)
            world.Statement(At(day, 3), "admin", "10.0.0.9", 50_000, operation: 1);
        var finding = Assert.Single(Outflows(world));
        Assert.Contains("150,000 rows", finding.Why, StringComparison.Ordinal);
        Assert.Equal(At(5, 3), finding.Last);
    }

    [Fact]
    public void Archives_that_only_one_client_asks_for_are_found_with_his_script()
    {
        var world = Shopfront();
        world.Answer(At(4, 1), "203.0.113.5", "/up/#.jsp", 100, RecordKind.Activity);
        for (var part = 0; part < 4; part++)
            world.Answer(At(4, 2 + part), "203.0.113.5", "/up/log#.tar.gz", 900_000_000);
        var finding = Assert.Single(Outflows(world));
        Assert.Equal(("client", "203.0.113.5"), (finding.ActorKind, finding.ActorValue));
        Assert.Equal(At(4, 2), finding.Raised);
        Assert.Contains(
            finding.Evidence, reason => reason is { What: "script never called before", Here: "/up/#.jsp" });
    }

    [Fact]
    public void A_large_file_that_everybody_loads_is_no_theft()
    {
        var world = Shopfront();
        for (var client = 0; client < 30; client++)
            world.Answer(At(4, 1 + client * 0.1), $"203.0.113.{client}", "/dl/app-#.apk", 900_000_000);
        Assert.Empty(Outflows(world));
    }

    [Fact]
    public void A_flood_of_small_hosts_does_not_make_it_forget_the_large_one()
    {
        var world = Quiet();
        world.Options = new DetectionOptions { Outflow = new() { MostActors = 1000 } };
        for (var day = 0; day < 6; day++)
            world.Flow(At(day, 2), "10.0.0.8", "10.0.3.1", 50_000_000_000);
        for (var i = 0; i < 5000; i++)
            world.Flow(At(0, 5 + i * 0.02), $"10.9.{i >> 8}.{i & 255}", "10.0.3.2", 1000);
        Assert.Empty(Outflows(world));
    }

    [Fact]
    public void What_a_later_run_finds_is_what_one_run_would_have_found()
    {
        var theft = At(4, 3);
        World Days(double from, double to)
        {
            var world = Some.World();
            world.Statement(Start, "app", "10.0.0.1", 0);
            for (var hour = from * 24; hour < to * 24; hour++)
                world.Statement(At(0, hour), "app", "10.0.0.1", 40 + (int)hour % 20);
            if (theft >= At(from) && theft < At(to))
                world.Statement(theft, "admin", "10.0.0.9", 50_000, operation: 1);
            return world;
        }
        var whole = Assert.Single(Outflows(Days(0, 6)));
        var first = Days(0, 3);
        using var state = new MemoryStream();
        first.Detectors().Save(state);
        state.Position = 0;
        var second = Days(3, 6);
        var later = Assert.Single(second.Detectors(state: state).Conclude(), finding => finding.Detector == "outflow");
        Assert.Equal((whole.Why, whole.Raised, whole.Where), (later.Why, later.Raised, later.Where));
    }

    /// <summary>A web server that is seen all day and serves no large file.</summary>
    private static World Shopfront()
    {
        var world = Some.World();
        for (var hour = 0; hour < 6 * 24; hour++)
            world.Browse(At(0, hour), Some.Visit(hour));
        return world;
    }
}
