using WhoSaw.Scenarios.Crimes;

namespace WhoSaw.Scenarios.Tests.Crimes;

/// <summary>The theft of 2025 in figures: the joint investigation's of 10 February 2026.</summary>
public sealed class ForgedPassesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_theft_has_the_documented_proportions()
    {
        var options = new ScenarioOptions { Scenario = "forged-passes", Accounts = 8000, Days = 8, Seed = 3 };
        var folder = MemoryFolder.Of(options);
        var thief = folder.Truth().GetProperty("indicators").GetProperty("client").EnumerateArray()
            .Select(c => c.GetString()).ToHashSet();
        var lines = folder.Gateway().ToList();
        var stolen = lines.Where(line => thief.Contains(line.Field("ip"))).ToList();
        var tries = stolen.Select(line => line.Field("sid")).Distinct().Count();
        var absent = stolen.Count(line => line.Field("status") == "404");
        var lists = stolen.Count(line => line.Field("uri")!.Contains("/addresses?", StringComparison.Ordinal));
        var profiles = stolen.Count(line => line.Field("status") == "200" && line.Field("uri")!.Split('/').Length == 4);
        var seldom = stolen.Count(line => line.Field("uri")!.EndsWith("/edit", StringComparison.Ordinal)
            || line.Field("uri") == "/api/orders");
        var hours = (stolen.Max(line => line.Time()) - stolen.Where(line => line.Time().Day >= 14)
            .Min(line => line.Time())).TotalHours;
        var paces = stolen.GroupBy(line => line.Field("ip"))
            .Select(group => group.Count(line =>
                line.Field("uri")!.Contains("/addresses?", StringComparison.Ordinal)) / hours).ToList();
        Say("tries at members who do not exist", 100.0 * absent / tries, 57, "%");
        Say("list views of a member", (double)lists / profiles, 4.40, "");
        Say("list views an address and hour", paces.Average(), 12.8, "");
        Say("edit and order pages, of 10,000 members", 10_000.0 * seldom / profiles, 45.5, "");
        Say("addresses", thief.Count, 8, "(2,313 at full scale)");
        Say("share of all lines, at this scale", 100.0 * stolen.Count / lines.Count, 0, "% (0.03 % at full scale)");
        Assert.InRange(100.0 * absent / tries, 55, 60);
        Assert.InRange((double)lists / profiles, 4.2, 4.6);
        // one of two nodes kept nothing for a quarter of a day
        Assert.All(paces, pace => Assert.InRange(pace, 11, 14.5));
        Assert.InRange(10_000.0 * seldom / profiles, 5, 120);
    }

    [Fact]
    public void At_full_scale_it_is_the_theft_that_was()
    {
        var options = new ScenarioOptions
        {
            Scenario = "forged-passes",
            Accounts = ForgedPasses.DocumentedMembers,
            Days = 230
        };
        Assert.Empty(options.Faults());
        var tries = ForgedPasses.TriesADay(options) * ForgedPasses.DocumentedDays;
        var members = tries * 43.0 / 101;
        var lists = members * 4.4;
        var share = 100 * (lists + members) / ForgedPasses.DocumentedRecords;
        Say("addresses", ForgedPasses.AddressesOf(options), 2313, "");
        Say("members read in 209 days, millions", members / 1e6, 33.67, "");
        Say("members a day", members / ForgedPasses.DocumentedDays, 161_000, "");
        Say("list views, millions", lists / 1e6, 148.06, "");
        Say("tries at nobody, millions", (tries - members) / 1e6, 44, "");
        Say("views of 664.2 billion records", share, 0.03, "%");
        Assert.Equal(ForgedPasses.DocumentedAddresses, ForgedPasses.AddressesOf(options));
        Assert.InRange(members, ForgedPasses.DocumentedMembers * 0.98, ForgedPasses.DocumentedMembers * 1.02);
        Assert.InRange(lists, ForgedPasses.DocumentedListViews * 0.98, ForgedPasses.DocumentedListViews * 1.02);
        Assert.InRange(share, 0.025, 0.03);
    }

    [Theory]
    [InlineData(WalkOrder.Shuffled)]
    [InlineData(WalkOrder.Ascending)]
    [InlineData(WalkOrder.Sampled)]
    public void Ids_are_gone_through_in_the_order_that_was_asked_for(WalkOrder order)
    {
        var folder = MemoryFolder.Of(Some.World("forged-passes") with { Order = order, NodeDies = false });
        var thief = folder.Truth().GetProperty("indicators").GetProperty("client").EnumerateArray()
            .Select(c => c.GetString()).ToHashSet();
        var ids = folder.Gateway().Where(line => thief.Contains(line.Field("ip")) && line.Time().Day > 12)
            .OrderBy(line => line.Time()).Select(line => Some.Number(line.Field("uid")!)).Distinct().ToList();
        var steps = ids.Zip(ids.Skip(1), (a, b) => b - a).ToList();
        Assert.Equal(order == WalkOrder.Ascending, steps.Count(step => Math.Abs(step) <= 3) > steps.Count * 9 / 10);
    }

    [Fact]
    public void A_resident_number_has_a_right_checksum_and_a_birthday_to_come()
    {
        var number = WebShell.ResidentNumber(123_457);
        var digits = number.Replace("-", "").Select(c => c - '0').ToArray();
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        Assert.Equal(digits[12], (11 - weights.Zip(digits, (w, d) => w * d).Sum() % 11) % 10);
        Assert.StartsWith("99", number);
        Assert.Contains(number[7], "34");
    }

    private void Say(string what, double here, double documented, string unit) => output.WriteLine(
        $"{what,-42} {here,14:#,0.####} {unit}" + (documented > 0 ? $"   documented {documented:#,0.##}" : ""));
}
