using WhoSaw.Detection.Tests.Answers;
using WhoSaw.Detection.Tests.Guessing;
using WhoSaw.Detection.Tests.Issuance;
using WhoSaw.Detection.Tests.OtherTenants;
using WhoSaw.Detection.Tests.Suspicion;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests;

/// <summary>
/// Each detector where it finds something, stopped and gone on with, and asked in between: nothing of it may show.
/// </summary>
public sealed class StateTests
{
    private static readonly Dictionary<string, Func<World>> Worlds = new()
    {
        ["passes without an issuer's log"] = () =>
            new Shop(1).Serve(2000).Rob(Shop.Start.Plus(2 * EventTime.Day), 200, "203.0.113.5", "198.51.200.6").World,
        ["passes under a lossy issuer's log"] = () => OrphanTests.Forged(OrphanTests.Lossy(), 12),
        ["an insider at night"] = Insider,
        ["an outage"] = OutageTests.Outage,
        ["guessed passwords"] = () => GuessedPasswordsTests.Guess(GuessedPasswordsTests.Honest(), 1000, 90),
        ["fuller answers"] = () => FullerAnswersTests.Restaurants((day, call) => (day > 5 ? 480 : 210) + call % 30),
        ["another tenant"] = () => OtherTenantTests.Sellers()
            .ReadAsStaff(Shop.Start.Plus(50 * EventTime.Minute), "seller-2", Some.Scattered(0))
            .ReadAsStaff(Shop.Start.Plus(51 * EventTime.Minute), "seller-1", Some.Scattered(1)),
        ["records that come late"] = Late,
        ["thousands of passes that nobody issued"] = Thousands,
    };

    public static TheoryData<string> Names => [.. Worlds.Keys];

    /// <summary>Forty employees by day, and one of them at night.</summary>
    private static World Insider()
    {
        var world = StaffAndSessionTests.Office();
        foreach (var day in new[] { 5, 7 })
            for (var i = 0; i < 25; i++)
                world.ReadAsStaff(
                    Shop.Start.Plus(day * EventTime.Day + 2 * EventTime.Hour + i * EventTime.Minute), "e-4",
                    500_000 + 100 * day + i);
        return world;
    }

    /// <summary>Every tenth issuer record five seconds after its session; and sessions that nobody issued.</summary>
    private static World Late()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 600; i++)
        {
            var at = Some.Noon.Plus(i * EventTime.Minute);
            world.Issue(at, Some.Visit(i), merged: i % 10 == 0 ? at.Plus(5 * EventTime.Second) : null);
            if (i % 20 == 0)
                world.Read(at, Some.Visit(i));
            else
                world.Login(at, Some.Visit(i)).Read(at.Plus(EventTime.Second), Some.Visit(i));
            if (i % 100 == 0)
                world.Read(at.Plus(EventTime.Second), Some.Visit(9000 + 977 * i % 5003));
        }
        return world;
    }

    private static World Thousands()
    {
        var world = Late();
        for (var i = 0; i < 5000; i++)
            world.Read(
                Some.Noon.Plus((2 + i / 100) * EventTime.Hour), Some.Visit(20_000 + 977 * i % 5003), i % 100);
        return world;
    }

    private static List<string> Texts(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Text())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_is_stopped_and_goes_on_finds_what_one_without_a_stop_finds(string name)
    {
        var world = Worlds[name]();
        var whole = Texts(world.Findings());
        var random = new Random(7);

        Assert.NotEmpty(whole);
        foreach (var stops in new[] { 1, 2, 12 })
            Assert.Equal(whole, Texts(world.FindingsAfterRestarts(
                Enumerable.Range(0, stops).Select(_ => random.Next(1, world.RowCount)).Order().Distinct())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_is_asked_again_and_again_finds_what_one_finds_that_is_asked_once(string name)
    {
        var world = Worlds[name]();
        var asked = new DetectorSet(world.Context, world.Options);
        var said = new List<string>();
        foreach (var batch in world.Batches(1 + world.RowCount / 10))
        {
            asked.Observe(batch);
            said = Texts(asked.Conclude());
            Assert.Equal(said, Texts(asked.Conclude()));
        }

        Assert.Equal(Texts(Worlds[name]().Findings()), said);
    }

    [Fact]
    public void A_session_whose_record_comes_late_is_taken_back_and_no_loss_of_the_issuers_log()
    {
        var finding = Assert.Single(Late().Findings());

        Assert.Equal(("unissued-credential", Severity.Critical), (finding.Detector, finding.Severity));
        Assert.StartsWith("6 sessions were used that the issuer's log does not know", finding.Why);
        Assert.Equal(Some.Noon.Plus(100 * EventTime.Minute + EventTime.Second), finding.First);
    }

    [Fact]
    public void A_finding_does_not_hold_once_the_records_of_all_its_sessions_have_come()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 300; i++)
            world.Honest(Some.Noon.Plus(i * EventTime.Minute), Some.Visit(i));
        var detectors = new DetectorSet(world.Context, world.Options);
        world.Read(Some.Noon.Plus(301 * EventTime.Minute), Some.Visit(301));
        foreach (var batch in world.Batches(AccessBatch.Capacity))
            detectors.Observe(batch);
        Assert.Equal("unissued-credential", Assert.Single(detectors.Conclude()).Detector);

        var late = new World();
        late.Issue(Some.Noon.Plus(302 * EventTime.Minute), Some.Visit(301));
        foreach (var batch in late.Batches(AccessBatch.Capacity))
            detectors.Observe(batch);

        Assert.Empty(detectors.Conclude());
    }
}
