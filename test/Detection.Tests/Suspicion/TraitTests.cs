using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

public sealed class TraitTests
{
    private static readonly Visit Visit = Some.Visit();

    private static EventTime At(int minute) => Some.Noon.Plus(minute * EventTime.Minute);

    [Fact]
    public void A_session_that_opens_with_personal_data_has_a_first_page() =>
        Assert.Equal([Trait.FirstPage | Trait.SessionStart | Trait.NoLogin], Some.World().Read(At(0), Visit).Traits());

    [Fact]
    public void A_session_that_opens_with_a_login_has_none() =>
        Assert.Equal(
            [Trait.SessionStart, Trait.None], Some.World().Login(At(0), Visit).Read(At(1), Visit).Traits());

    [Fact]
    public void A_session_that_opens_with_another_page_has_none_and_still_did_not_log_in() =>
        Assert.Equal([Trait.NoLogin], Some.World().Browse(At(0), Visit).Read(At(1), Visit).Traits());

    [Fact]
    public void A_log_in_after_the_first_page_of_personal_data_comes_too_late()
    {
        var traits = Some.World().Read(At(0), Visit).Login(At(1), Visit).Read(At(2), Visit).Traits();

        Assert.Equal([true, true, true], traits.Select(trait => trait.HasFlag(Trait.NoLogin)));
    }

    [Fact]
    public void With_an_issuers_log_it_does_not_matter_who_logged_in() =>
        Assert.False(Some.World().WithIssuer().Issue(At(0), Visit).Browse(At(0), Visit).Read(At(1), Visit).Traits()[0]
            .HasFlag(Trait.NoLogin));

    [Fact]
    public void The_traits_of_a_session_are_on_every_record_of_it()
    {
        var traits = Some.World().WithIssuer()
            .Read(At(0), Visit).Read(At(1), Visit, operation: "addresses").Read(At(90), Visit).Traits();

        Assert.All(traits, trait => Assert.True(trait.HasFlag(Trait.FirstPage | Trait.Unissued)));
        Assert.Equal([true, false, false], traits.Select(trait => trait.HasFlag(Trait.SessionStart)));
    }

    [Fact]
    public void Own_data_and_requests_without_an_account_are_nobody_elses()
    {
        var traits = Some.World()
            .Login(At(0), Visit).Read(At(1), Visit).Read(At(2), Visit, subject: 77)
            .Read(At(3), Visit with { Account = null }, subject: 77).Traits();

        Assert.Equal([false, false, true, false], traits.Select(trait => trait.HasFlag(Trait.SomeoneElse)));
    }

    [Fact]
    public void Dormant_accounts_decoys_and_accounts_that_do_not_exist_are_marked()
    {
        var traits = Some.World().WithDormant(50).WithDecoys(60)
            .Login(At(0), Visit).Read(At(1), Visit, subject: 50).Read(At(2), Visit, subject: 60)
            .Read(At(3), Visit, subject: 70, outcome: Outcome.Absent).Traits();

        Assert.Equal(
            [Trait.Dormant | Trait.SomeoneElse, Trait.Canary | Trait.SomeoneElse, Trait.Absent | Trait.SomeoneElse],
            traits.Skip(1));
    }

    [Fact]
    public void A_login_without_a_session_explains_the_next_session_of_its_address_for_ten_minutes()
    {
        var login = Visit with { Credential = 0 };

        Assert.Equal(Trait.SessionStart, Some.World().Login(At(0), login).Read(At(10), Visit).Traits()[1]);
        Assert.True(Some.World().Login(At(0), login).Read(At(11), Visit).Traits()[1].HasFlag(Trait.FirstPage));
        Assert.True(Some.World().Login(At(0), login with { Client = "192.0.2.99" }).Read(At(1), Visit).Traits()[1]
            .HasFlag(Trait.FirstPage));
        Assert.True(Some.World().Login(At(0), login, Outcome.Refused).Read(At(1), Visit).Traits()[1]
            .HasFlag(Trait.FirstPage));
    }

    [Fact]
    public void Where_the_log_has_no_address_a_login_explains_nobody_elses_session()
    {
        var nowhere = Visit with { Client = "" };
        var world = Some.World().Login(At(0), nowhere with { Credential = 0 }).Read(At(1), nowhere);

        Assert.True(world.Traits()[1].HasFlag(Trait.FirstPage));
    }

    [Fact]
    public void A_session_is_used_after_it_expired_a_minute_after_the_end()
    {
        var world = Some.World().WithIssuer().Issue(At(0), Visit, expires: At(60))
            .Login(At(0), Visit).Read(At(60), Visit).Read(At(61), Visit).Read(At(62), Visit);

        Assert.Equal([false, false, false, true], world.Traits().Select(trait => trait.HasFlag(Trait.Expired)));
    }

    [Fact]
    public void A_refresh_prolongs_and_never_shortens()
    {
        var world = Some.World().WithIssuer().Issue(At(0), Visit, expires: At(60)).Issue(At(1), Visit, expires: At(30))
            .Login(At(0), Visit).Read(At(50), Visit).Issue(At(50), Visit, expires: At(120)).Read(At(100), Visit);

        Assert.DoesNotContain(world.Traits(), trait => trait.HasFlag(Trait.Expired));
    }

    [Fact]
    public void A_session_used_for_another_account_than_it_was_issued_to_is_borrowed()
    {
        var world = Some.World().WithIssuer().Issue(At(0), Visit)
            .Login(At(0), Visit).Read(At(1), Visit).Read(At(2), Visit with { Account = 900 });

        Assert.Equal([false, false, true], world.Traits().Select(trait => trait.HasFlag(Trait.Borrowed)));
    }

    [Fact]
    public void An_employee_from_a_new_network_with_new_software_is_marked_after_two_days()
    {
        var world = Some.World().ReadAsStaff(At(0), "e-1", 1)
            .ReadAsStaff(At(47 * 60), "e-1", 2, client: "192.0.2.1")
            .ReadAsStaff(At(49 * 60), "e-1", 3, client: "192.0.2.2")
            .ReadAsStaff(At(50 * 60), "e-1", 4, client: "203.0.113.1", agent: "curl/8.9");

        Assert.Equal([Trait.None, Trait.None, Trait.None, Trait.NewNetwork | Trait.NewAgent], world.Traits());
    }
}
