using WhoSaw.Detection.Issuance;
using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Issuance;

public sealed class UnissuedCredentialTests
{
    private static readonly Visit Forged = Some.Visit(9001) with { Key = "k-stolen" };

    private static EventTime Minute(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    /// <summary>Enough honest sessions for the issuer's log to be known as whole.</summary>
    private static World Shop(int sessions = 300)
    {
        var world = Some.World().WithIssuer();
        for (var i = 1; i <= sessions; i++)
            world.Honest(Minute(i), Some.Visit(i));
        return world;
    }

    [Fact]
    public void A_forged_pass_is_found_at_its_first_request()
    {
        var finding = Assert.Single(Shop().Read(Minute(400), Forged).Findings());

        Assert.Equal("unissued-credential", finding.Detector);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal(FindingKind.Access, finding.Kind);
        Assert.Equal("unissued", finding.Where);
        Assert.Equal("T1606", finding.Technique);
        Assert.Equal(("key", "k-stolen"), (finding.ActorKind, finding.ActorValue));
        Assert.Single(finding.Samples);
    }

    [Fact]
    public void It_is_raised_when_the_grace_after_the_first_use_is_over()
    {
        var finding = Assert.Single(
            Shop().Read(Minute(400), Forged).Read(Minute(410), Forged).Read(Minute(500), Some.Visit(9002)).Findings());

        Assert.Equal(Minute(400), finding.First);
        Assert.Equal(Minute(500), finding.Last);
        Assert.Equal(Minute(401), finding.Raised);
    }

    [Fact]
    public void A_longer_grace_raises_later()
    {
        var world = Shop().Read(Minute(400), Forged);
        world.Options = new DetectionOptions
        {
            UnissuedCredential = new UnissuedCredentialOptions { Grace = 5 * EventTime.Minute },
        };

        Assert.Equal(Minute(405), Assert.Single(world.Findings()).Raised);
    }

    [Fact]
    public void A_quiet_shop_with_a_whole_issuer_log_raises_nothing() => Assert.Empty(Shop(600).Findings());

    [Fact]
    public void One_lost_record_of_a_login_makes_it_silent()
    {
        var lost = Some.Visit(500);
        var world = Shop().Login(Minute(390), lost).Read(Minute(391), lost).Read(Minute(400), Forged);

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void People_whose_sessions_are_older_than_the_issuers_log_make_it_silent()
    {
        var world = Shop().Read(Minute(400), Forged);
        for (var i = 1; i <= 5; i++)
            world.Browse(Minute(300 + i), Some.Visit(700 + i)).Read(Minute(301 + i), Some.Visit(700 + i));

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void A_login_without_a_session_at_the_same_address_is_no_lost_record()
    {
        var world = Shop()
            .Login(Minute(398), Some.Visit(1) with { Credential = 0, Client = Forged.Client })
            .Read(Minute(399), Forged);

        Assert.Equal("unissued-credential", Assert.Single(world.Findings()).Detector);
    }

    [Fact]
    public void A_refused_login_with_an_invented_session_does_not_silence_it()
    {
        var world = Shop().Login(Minute(399), Forged, Outcome.Refused).Read(Minute(400), Forged);

        Assert.Equal("unissued-credential", Assert.Single(world.Findings()).Detector);
    }

    [Fact]
    public void A_record_that_carries_a_later_time_still_explains_within_the_lookahead()
    {
        var early = Some.Visit(500);
        var world = Shop().Read(Minute(400), early).Issue(Minute(400 + 16 * 60), early);

        Assert.Empty(world.Findings());
    }

    [Fact]
    public void A_record_beyond_the_lookahead_comes_too_late()
    {
        var late = Some.Visit(500);
        var world = Shop().Read(Minute(400), late).Issue(Minute(400 + 25 * 60), late);

        Assert.Single(world.Findings());
    }

    [Fact]
    public void With_too_few_logins_it_is_evidence_only()
    {
        var world = Shop(sessions: 299).Read(Minute(400), Forged);

        Assert.Empty(world.Findings());
        Assert.True(world.Traits()[^1].HasFlag(Trait.Unissued));
    }

    [Fact]
    public void Without_an_issuer_log_nothing_is_unissued()
    {
        var world = Some.World();
        for (var i = 1; i <= 400; i++)
            world.Login(Minute(i), Some.Visit(i)).Read(Minute(i), Some.Visit(i));
        world.Read(Minute(500), Forged);

        Assert.Empty(world.Findings());
        Assert.DoesNotContain(world.Traits(), traits => traits.HasFlag(Trait.Unissued));
    }

    [Fact]
    public void The_reasons_compare_forged_sessions_with_all_others()
    {
        var finding = Assert.Single(Shop().Read(Minute(400), Forged).Read(Minute(401), Some.Visit(9002)).Findings());

        Assert.Contains(new Evidence("no issuer record", "2 of 2 sessions", "0 of 300 sessions"), finding.Evidence);
        Assert.Contains(new Evidence("no log-in before it", "all", "0 %"), finding.Evidence);
        Assert.StartsWith("2 addresses in 2 networks", finding.Evidence[^1].Here, StringComparison.Ordinal);
    }
}
