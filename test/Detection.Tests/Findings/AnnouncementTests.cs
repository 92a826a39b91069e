using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Findings;

public sealed class AnnouncementTests
{
    private static EventTime At(int hour, int second = 0) =>
        Shop.Start.Plus(hour * EventTime.Hour + second * EventTime.Second);

    /// <summary>Services that read thirty people a day for ten days, and one night of an import of 3,000.</summary>
    private static World Import(string client = "192.0.2.10", long? decoy = null)
    {
        var world = Some.World();
        for (var day = 0; day < 10; day++)
            for (var service = 0; service < 6; service++)
                for (var i = 0; i < 30; i++)
                    world.ReadAsStaff(At(day * 24 + i % 24, i), $"svc-{service}", 1000 * service + i, "192.0.2.10");
        for (var i = 0; i < 3000; i++)
            world.ReadAsStaff(At(9 * 24 + 2, i), "svc-import", 50_000 + i, client);
        return decoy is { } account ? world.WithDecoys(account) : world;
    }

    private static World Announced(World world, EventTime? to = null)
    {
        world.Options = new DetectionOptions
        {
            Announcements =
            [
                new Announcement("svc-import", At(9 * 24), to ?? At(9 * 24 + 6), "spring campaign", "staff-search"),
            ],
        };
        return world;
    }

    [Fact]
    public void An_import_that_nobody_announced_is_a_finding() =>
        Assert.Equal(Severity.High, Assert.Single(Import().Findings()).Severity);

    [Fact]
    public void An_announced_import_is_a_note_that_gives_its_reason()
    {
        var finding = Assert.Single(Announced(Import()).Findings());

        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Contains(finding.Evidence, e => e is { What: "announced", Here: "spring campaign" });
    }

    [Fact]
    public void Beyond_its_hours_it_is_a_finding_again() => Assert.Equal(
        Severity.High, Assert.Single(Announced(Import(), to: At(9 * 24 + 2, 60)).Findings()).Severity);

    [Fact]
    public void An_announcement_does_not_excuse_a_decoy() => Assert.Contains(
        Announced(Import(decoy: 50_100)).Findings(),
        finding => finding.Detector == "canary" && finding.Severity >= Severity.Medium);
}
