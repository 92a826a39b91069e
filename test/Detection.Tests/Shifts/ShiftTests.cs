using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Shifts;

public sealed class ShiftTests
{
    private static readonly EventTime Start = Some.Time("2025-03-03T00:00:00Z");

    private ulong _credential = 1;

    private static EventTime At(int hour, int second) =>
        Start.Plus(hour * EventTime.Hour + second * EventTime.Second);

    /// <summary>
    /// So many days in which each hour thirty people (by day) browse, and ten of them look at their profile; one comes
    /// back to an old session for it.
    /// </summary>
    private World Days(int days, Func<int, double>? traffic = null)
    {
        var world = Some.Lenient();
        for (var hour = 0; hour < days * 24; hour++)
        {
            var people = (int)((hour % 24 is > 7 and < 23 ? 30 : 6) * (traffic?.Invoke(hour) ?? 1));
            for (var i = 0; i < people; i++)
            {
                var account = (hour * 37 + i * 11) % 5000 + 1;
                var visit = new Visit(++_credential, account, Some.Client(account));
                world.Login(At(hour, 100 * i), visit).Browse(At(hour, 100 * i + 5), visit);
                if (i % 3 == 0)
                    world.Read(At(hour, 100 * i + 10), visit);
            }
            world.Read(At(hour, 50), new Visit(++_credential, 6000 + hour % 50, Some.Client(6000 + hour % 50)));
        }
        return world;
    }

    private World Stolen(World world, int fromHour, int hours, int anHour)
    {
        for (var hour = fromHour; hour < fromHour + hours; hour++)
            for (var i = 0; i < anHour; i++)
            {
                var account = 20_000 + hour * 100 + i;
                world.Read(At(hour, 30 * i), new Visit(++_credential, account, Some.Client(account)));
            }
        return world;
    }

    private static IReadOnlyList<Finding> Shifts(World world) =>
        [.. world.Findings().Where(finding => finding.Detector == "shift")];

    [Fact]
    public void People_who_are_read_and_do_nothing_else_lift_an_hour_out_of_its_week()
    {
        var finding = Assert.Single(Shifts(Stolen(Days(8), 6 * 24 + 3, 12, 20)));

        Assert.Equal((Severity.Low, "T1119"), (finding.Severity, finding.Technique));
        Some.Within(finding.Raised, At(6 * 24 + 5, 0), At(6 * 24 + 9, 0));
        Assert.StartsWith("operation = 'profile' and time between '", finding.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_weeks_do_not() => Assert.Empty(Shifts(Days(24)));

    [Fact]
    public void A_sale_lifts_everything_and_so_nothing() =>
        Assert.Empty(Shifts(Days(10, hour => hour is > 170 and < 200 ? 6 : 1)));

    [Fact]
    public void An_app_that_begins_to_open_with_the_profile_moves_people_who_are_there()
    {
        var world = Days(9);
        for (var hour = 7 * 24; hour < 9 * 24; hour++)
            for (var i = 0; i < 25; i++)
            {
                var visit = new Visit(++_credential, 3000 + i, Some.Client(3000 + i));
                world.Read(At(hour, 60 * i), visit).Browse(At(hour, 60 * i + 20), visit);
            }

        Assert.Empty(Shifts(world));
    }

    [Fact]
    public void Two_odd_hours_are_not_yet_a_shift() => Assert.Empty(Shifts(Stolen(Days(8), 6 * 24 + 3, 2, 20)));

    [Fact]
    public void A_service_that_reads_more_is_not_looked_at()
    {
        var world = Days(8);
        for (var hour = 150; hour < 180; hour++)
            for (var i = 0; i < 50; i++)
                world.ReadAsStaff(At(hour, i), "svc", 20_000 + i, operation: "profile");

        Assert.Empty(Shifts(world));
    }
}
