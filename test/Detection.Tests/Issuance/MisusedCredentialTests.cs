using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Issuance;

public sealed class MisusedCredentialTests
{
    private static EventTime Minute(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    /// <summary>Sessions of half an hour, each with its record.</summary>
    private static World Shop(int sessions = 300)
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= sessions; i++)
            world.Issue(Minute(i), Some.Visit(i), expires: Minute(i + 30)).Login(Minute(i), Some.Visit(i))
                .Read(Minute(i + 1), Some.Visit(i));
        return world;
    }

    [Fact]
    public void A_session_that_is_answered_an_hour_after_its_end_is_a_fact()
    {
        var finding = Assert.Single(Shop().Read(Minute(120), Some.Visit(30)).Findings());

        Assert.Equal(("expired-credential", Severity.Medium), (finding.Detector, finding.Severity));
        Assert.Equal(Minute(120), finding.Raised);
        Assert.EndsWith(" and expired", finding.Where, StringComparison.Ordinal);
        Assert.StartsWith("credential = '", finding.Where, StringComparison.Ordinal);
        Assert.Equal("T1550.004", finding.Technique);
    }

    [Fact]
    public void Ten_minutes_late_is_a_clock_that_is_slow() =>
        Assert.Empty(Shop().Read(Minute(30 + 30 + 10), Some.Visit(30)).Findings());

    [Fact]
    public void A_refresh_makes_it_good_again() =>
        Assert.Empty(Shop().Issue(Minute(55), Some.Visit(30), expires: Minute(600))
            .Read(Minute(120), Some.Visit(30)).Findings());

    [Fact]
    public void A_refusal_is_how_it_should_be() =>
        Assert.Empty(Shop().Read(Minute(120), Some.Visit(30), outcome: Outcome.Refused).Findings());

    [Fact]
    public void With_one_lost_record_it_may_be_the_refresh_that_is_lost() =>
        Assert.Empty(Shop().Login(Minute(5), Some.Visit(900)).Read(Minute(120), Some.Visit(30)).Findings());

    /// <summary>A shop whose passes are refreshed, each once.</summary>
    private static World Refreshing()
    {
        var world = Shop(2000);
        for (var i = 1; i <= 2000; i++)
            world.Issue(Minute(i + 25), Some.Visit(i), expires: Minute(i + 55)).Read(Minute(i + 40), Some.Visit(i));
        return world;
    }

    [Theory]
    [InlineData(1, Severity.Low)]
    [InlineData(4, Severity.Low)]
    [InlineData(10, Severity.High)]
    public void Where_passes_are_refreshed_a_few_expired_ones_may_be_lost_refreshes(int uses, Severity severity)
    {
        var world = Refreshing();
        for (var i = 1; i <= uses; i++)
            world.Read(Minute(3000 + 97 * i), Some.Visit(150 * i) with { Client = $"100.64.{i}.9" });

        var finding = Assert.Single(world.Findings());

        Assert.Equal(("expired-credential", severity), (finding.Detector, finding.Severity));
        Assert.Equal(
            severity == Severity.Low, finding.Why.EndsWith("may have lost as many.", StringComparison.Ordinal));
    }

    [Fact]
    public void Refreshes_are_remembered_through_restarts()
    {
        var world = Refreshing().Read(Minute(3000), Some.Visit(150));

        Assert.Equal(Severity.Low, Assert.Single(world.FindingsAfterRestarts(world.RowCount - 1)).Severity);
    }

    [Fact]
    public void Who_uses_many_expired_passes_is_beyond_the_losses_of_the_log()
    {
        var world = Shop();
        for (var i = 1; i <= 3; i++)
            world.Login(Minute(i), Some.Visit(900 + i)).Browse(Minute(400), Some.Visit(100 * i));
        for (var i = 1; i <= 12; i++)
            world.Read(Minute(800 + i), Some.Visit(i) with { Client = "203.0.113.7" });

        var finding = Assert.Single(world.Findings());

        Assert.Equal(("expired-credential", Severity.High), (finding.Detector, finding.Severity));
        Assert.Equal("client = '203.0.113.7' and expired", finding.Where);
        Some.Within(finding.Raised, Minute(801), Minute(808));
    }

    [Fact]
    public void A_site_that_lets_everybody_go_on_is_a_state_of_affairs()
    {
        var world = Shop();
        for (var i = 1; i <= 100; i++)
            world.Read(Minute(600 + i), Some.Visit(i));

        var finding = Assert.Single(world.Findings());

        Assert.Equal((FindingKind.Custody, Severity.Low), (finding.Kind, finding.Severity));
        Assert.Equal("expired", finding.Where);
    }

    [Fact]
    public void A_pass_of_another_account_is_a_fact_and_three_people_make_it_grave()
    {
        var borrowed = Some.Visit(30) with { Account = 5001 };
        var world = Shop().Read(Minute(40), borrowed);
        var one = Assert.Single(world.Findings());
        Assert.Equal(("borrowed-credential", Severity.Medium), (one.Detector, one.Severity));

        world.Read(Minute(41), borrowed with { Account = 5002 }).Read(Minute(42), borrowed with { Account = 5003 });

        var three = Assert.Single(world.Findings());
        Assert.Equal((Severity.High, Minute(40)), (three.Severity, three.Raised));
        Assert.EndsWith(" and borrowed", three.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_written_in_two_ways_are_no_theft()
    {
        var world = Some.Lenient().WithIssuer();
        for (var i = 1; i <= 300; i++)
            world.Issue(Minute(i), Some.Visit(i)).Login(Minute(i), Some.Visit(i))
                .Read(Minute(i + 1), Some.Visit(i) with { Account = 100_000 + i });

        var finding = Assert.Single(world.Findings());

        Assert.Equal((FindingKind.Custody, Severity.Low), (finding.Kind, finding.Severity));
        Assert.Equal("borrowed", finding.Where);
    }

    [Fact]
    public void A_session_that_was_given_to_two_accounts_is_of_both() =>
        Assert.Empty(Shop().Issue(Minute(35), Some.Visit(30) with { Account = 5001 }, expires: Minute(90))
            .Read(Minute(40), Some.Visit(30) with { Account = 5001 }).Read(Minute(41), Some.Visit(30)).Findings());
}
