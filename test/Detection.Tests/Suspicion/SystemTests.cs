using WhoSaw.Records;

namespace WhoSaw.Detection.Tests.Suspicion;

/// <summary>A thief whose addresses have nothing in common but the company that rents them out.</summary>
public sealed class SystemTests
{
    private static readonly string[] Agents = ["ShopApp/7.1 (Android 15)", "ShopApp/7.0 (iOS 18)"];

    /// <summary>Two forged passes from each of sixty networks, with the software of everybody.</summary>
    private static World Scattered(int seed)
    {
        var shop = new Shop(seed).Serve(4000);
        for (var i = 0; i < 120; i++)
            shop.World.Read(
                Shop.Start.Plus(2 * EventTime.Day + i * 10 * EventTime.Minute),
                new Visit(
                    shop.NewCredential(), 20_000 + 977L * i * i % 9001, $"2001:db8:{1 + i % 60:x}::5", Agents[i % 2]));
        return shop.World;
    }

    private static World WithTable(World world) =>
        world.WithSystem("::5", "AS64500").WithSystem("198.51.", "AS64501");

    [Fact]
    public void Without_a_table_of_systems_nothing_ties_them_together() =>
        Assert.DoesNotContain(Scattered(1).Findings(), finding => finding.Detector == "suspicion");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_one_they_are_one_thief_and_the_scope_is_his_networks(int seed)
    {
        var finding = Assert.Single(
            WithTable(Scattered(seed)).Findings(), finding => finding.Detector == "suspicion");

        Assert.Equal(("system", "AS64500", Severity.High), (finding.ActorKind, finding.ActorValue, finding.Severity));
        Assert.StartsWith("network in ('2001:db8:", finding.Where, StringComparison.Ordinal);
        Assert.Equal(60, finding.Where.Split("::/48'").Length - 1);
        Some.Within(
            finding.Raised, Shop.Start.Plus(2 * EventTime.Day),
            Shop.Start.Plus(2 * EventTime.Day + 2 * EventTime.Hour));
    }

    [Fact]
    public void A_carrier_with_many_honest_people_is_no_thief()
    {
        var findings = WithTable(new Shop(3).Serve(4000).World).Findings();

        Assert.DoesNotContain(findings, finding => finding.Detector == "suspicion");
    }

    [Fact]
    public void A_restart_does_not_forget_the_system()
    {
        var world = WithTable(Scattered(4));

        Assert.Equal(
            world.Findings().Select(finding => finding.Text()),
            world.FindingsAfterRestarts(world.RowCount / 2).Select(finding => finding.Text()));
    }
}
