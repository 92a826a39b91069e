using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.OtherTenants;

public sealed class OtherTenantTests
{
    private static EventTime At(int minute) => Shop.Start.Plus(minute * EventTime.Minute);

    private static long Account(int number) => Some.Scattered(number);

    internal static World Sellers()
    {
        var world = Some.World();
        for (var i = 0; i < 40; i++)
            world.WithOwner(Account(i), i % 2 == 0 ? "seller-1" : "seller-2")
                .ReadAsStaff(At(i), i % 2 == 0 ? "seller-1" : "seller-2", Account(i));
        world.WithOwner(Account(500), "seller-1 seller-2");
        return world;
    }

    [Fact]
    public void Tenants_that_read_their_own_raise_nothing() => Assert.Empty(Sellers().Findings());

    [Fact]
    public void The_first_answer_of_another_tenant_is_a_finding()
    {
        var world = Sellers().ReadAsStaff(At(50), "seller-2", Account(0)).ReadAsStaff(At(51), "seller-1", Account(1))
            .ReadAsStaff(At(52), "seller-1", Account(2));

        var finding = Assert.Single(world.Findings());

        Assert.Equal(("other-tenant", Severity.High), (finding.Detector, finding.Severity));
        Assert.Equal((At(50), At(50), At(51)), (finding.Raised, finding.First, finding.Last));
        Assert.Equal("operation = 'staff-search' and other-tenant", finding.Where);
    }

    [Fact]
    public void Who_is_no_tenant_serves_all_and_what_two_own_both_may_read() => Assert.Empty(
        Sellers().ReadAsStaff(At(50), "support", Account(0)).ReadAsStaff(At(51), "support", Account(1))
            .ReadAsStaff(At(52), "seller-1", Account(500)).ReadAsStaff(At(53), "seller-2", Account(500))
            .ReadAsStaff(At(54), "seller-2", Account(8999)).Findings());

    [Fact]
    public void Deleted_accounts_that_a_tenant_is_shown_while_all_others_are_anothers_are_counted_in()
    {
        var world = Sellers().ReadAsStaff(At(50), "seller-2", Account(0)).ReadAsStaff(At(51), "seller-1", Account(900))
            .ReadAsStaff(At(52), "seller-1", Account(1)).ReadAsStaff(At(53), "seller-2", Account(901));

        var finding = Assert.Single(world.Findings());

        // The second is after the last answer that shows the fault.
        Assert.Equal("operation = 'staff-search' and (other-tenant or time between "
            + $"'{At(50)}' and '{At(52)}' and subject = '{Account(900)}')", finding.Where);
        Assert.Equal("1", finding.Evidence[1].Here);
    }

    [Fact]
    public void Where_tenants_are_shown_their_own_too_deleted_accounts_are_said_and_left_out()
    {
        var world = Sellers().ReadAsStaff(At(50), "seller-2", Account(0)).ReadAsStaff(At(51), "seller-1", Account(900))
            .ReadAsStaff(At(52), "seller-1", Account(4)).ReadAsStaff(At(53), "seller-1", Account(1));

        var finding = Assert.Single(world.Findings());

        Assert.EndsWith(" and other-tenant", finding.Where, StringComparison.Ordinal);
        Assert.Contains("cannot be told", finding.Evidence[1].Elsewhere, StringComparison.Ordinal);
    }
}
