using WhoSaw.Detection.Suspicion;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class OutageTests
{
    private static readonly IReadOnlyList<SuspicionTrait> Traits = [new FirstPageTrait()];

    /// <summary>Sessions of six kinds of software, one a minute each, for four days; odd by hour and kind.</summary>
    private static Observations Days(Func<int, int, bool> isOdd, bool fromFewAddresses = false)
    {
        var observations = new Observations();
        for (var minute = 0; minute < 4 * 24 * 60; minute++)
            for (short software = 0; software < 6; software++)
            {
                var odd = isOdd(minute / 60, software) && minute % 2 == 0;
                observations.Add(new Observation
                {
                    Time = Shop.Start.Plus(minute * EventTime.Minute),
                    Unit = Unit.Session,
                    Context = software,
                    Traits = odd || (minute * 7 + software) % 97 == 0 ? Trait.FirstPage : Trait.None,
                    Client = new Symbol(odd && fromFewAddresses ? 1 + minute % 8 : 100 + minute * 6 + software),
                    Account = SubjectId.None,
                });
            }
        return observations;
    }

    [Fact]
    public void A_trait_that_everybody_shows_for_some_hours_is_not_weighed_then()
    {
        var observations = Days((hour, _) => hour is 50 or 51);

        var stretch = Assert.Single(Jumps.Silence(observations, Traits).ToList());

        Assert.Equal(
            (Shop.Start.Plus(50 * EventTime.Hour), Shop.Start.Plus(52 * EventTime.Hour)), (stretch.From, stretch.To));
        Assert.All(observations, observation => Assert.Equal(
            observation.Time >= stretch.From && observation.Time < stretch.To ? Trait.FirstPage : Trait.None,
            observation.Suspended));
    }

    [Fact]
    public void One_kind_of_software_that_jumps_is_weighed() =>
        Assert.Empty(Jumps.Silence(Days((hour, software) => hour is 50 or 51 && software == 3), Traits));

    [Fact]
    public void A_jump_from_few_addresses_is_weighed_however_many_agents_they_send() =>
        Assert.Empty(Jumps.Silence(Days((hour, _) => hour is 50 or 51, fromFewAddresses: true), Traits));

    [Fact]
    public void A_jump_that_lasts_longer_than_a_day_is_weighed() =>
        Assert.Empty(Jumps.Silence(Days((hour, _) => hour is >= 40 and < 80), Traits));

    /// <summary>Two days in which, for an hour, nobody's log-in is to be seen.</summary>
    internal static World Outage()
    {
        var world = Some.World();
        for (var minute = 0; minute < 2 * 24 * 60; minute++)
            for (var kind = 0; kind < 4; kind++)
            {
                var number = minute * 4 + kind;
                var visit = new Visit(
                    (ulong)(1 + number), Some.Scattered(number), $"2001:db8:{number / 200:x}::{1 + number % 200:x}",
                    $"Agent{kind}/1.0");
                var at = Shop.Start.Plus(minute * EventTime.Minute);
                if (minute / 60 == 30)
                    world.Read(at, visit);
                else
                    world.Login(at, visit).Read(at.Plus(EventTime.Second), visit);
            }
        return world;
    }

    [Fact]
    public void The_run_says_what_was_not_weighed()
    {
        var finding = Assert.Single(Outage().Findings(), finding => finding.Detector == "suspicion");

        Assert.Equal((FindingKind.Coverage, Severity.Low), (finding.Kind, finding.Severity));
        Assert.Equal(Shop.Start.Plus(30 * EventTime.Hour), finding.First);
    }
}
