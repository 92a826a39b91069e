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
}
