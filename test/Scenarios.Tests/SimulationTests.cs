namespace WhoSaw.Scenarios.Tests;

public sealed class SimulationTests
{
    public static TheoryData<string> Scenarios => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_scenario_is_the_same_bytes_for_any_number_of_threads(string scenario)
    {
        var options = Some.World(scenario) with { Days = 4 };
        Assert.Equal(MemoryFolder.Of(options, threads: 1).Digest(), MemoryFolder.Of(options, threads: 5).Digest());
    }

    [Fact]
    public void The_bytes_of_a_world_are_the_same_on_any_machine()
    {
        // A change of the generator changes this on purpose: then say so in the change log, for replays are known by
        // their seed.
        var world = MemoryFolder.Of(Some.World("forged-passes"));
        Assert.Equal("2427E99C3EF02796", world.Digest()[..16]);
    }

    [Fact]
    public void Another_seed_is_another_world() => Assert.NotEqual(
        MemoryFolder.Of(Some.World()).Digest(), MemoryFolder.Of(Some.World() with { Seed = 12 }).Digest());

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_has_a_truth_exactly_when_it_is_a_crime(string scenario)
    {
        var folder = MemoryFolder.Of(Some.World(scenario));
        Assert.Equal(ScenarioCatalog.Find(scenario)!.IsCrime, folder.Exposed().Any());
        var truth = folder.Truth();
        Assert.Equal(folder.Exposed().Select(row => row[0]).Distinct().Count(),
            truth.GetProperty("accounts").GetInt32());
        Assert.Equal(folder.Exposed().Sum(row => Some.Number(row[4])), truth.GetProperty("views").GetInt32());
        Assert.Equal(folder.Gateway().Count(), truth.GetProperty("requests").GetInt32());
        Assert.Equal(ScenarioCatalog.Find(scenario)!.IsCrime, truth.GetProperty("indicators").EnumerateObject().Any());
    }

    [Theory]
    [InlineData("forged-passes", "addresses")]
    [InlineData("object-reference", "addresses")]
    [InlineData("stolen-service-account", "deliveries")]
    public void The_truth_is_what_the_thief_s_addresses_read(string scenario, string operation)
    {
        var folder = MemoryFolder.Of(Some.World(scenario));
        var thief = folder.Truth().GetProperty("indicators").GetProperty("client").EnumerateArray()
            .Select(c => c.GetString()).ToHashSet();
        var canaries = folder.Lines("members.csv").Where(line => line.EndsWith(",canary", StringComparison.Ordinal))
            .Select(line => line.Split(',')[0]).ToHashSet();
        var path = operation == "deliveries" ? "/internal/deliveries/" : "/addresses";
        var read = folder.Gateway().Count(line => thief.Contains(line.Field("ip")) && line.Field("status") == "200"
            && line.Field("uri")!.Contains(path) && !line.Field("uri")!.EndsWith("/edit", StringComparison.Ordinal)
            && !canaries.Contains(IdIn(line.Field("uri")!)));
        var known = folder.Exposed().Where(row => row[1] == operation)
            .Sum(row => Some.Number(row[4]) - Some.Number(row[5]));
        Assert.True(read > 0);
        Assert.Equal(known, read);
    }

    [Fact]
    public void A_dead_node_keeps_no_log_and_the_truth_says_what_it_would_have_shown()
    {
        var folder = MemoryFolder.Of(Some.World("forged-passes"));
        var lost = Assert.Single(folder.Truth().GetProperty("lost").EnumerateArray());
        var (from, to) = (lost.GetProperty("from").GetDateTimeOffset(), lost.GetProperty("to").GetDateTimeOffset());
        Assert.Equal("gw2", lost.Field("stream"));
        Assert.DoesNotContain(folder.Records("logs/gateway/gw2"), line =>
            line.Time() > from.AddSeconds(1) && line.Time() < to.AddSeconds(-1));
        Assert.True(folder.Truth().GetProperty("viewsNotLogged").GetInt32() > 0);
        Assert.Equal(0, MemoryFolder.Of(Some.World("forged-passes") with { NodeDies = false }).Truth()
            .GetProperty("viewsNotLogged").GetInt32());
    }

    [Fact]
    public void Mild_is_less_than_usual_and_usual_than_severe()
    {
        foreach (var scenario in ScenarioCatalog.All.Where(
            s => s.IsCrime && s.Name is not ("database-outflow" or "web-shell" or "cross-tenant")))
        {
            var views = Enum.GetValues<Weight>().Select(weight =>
                MemoryFolder.Of(Some.World(scenario.Name) with { Weight = weight }).Truth().GetProperty("views")
                    .GetInt64()).ToArray();
            Assert.True(views[0] < views[1] && views[1] < views[2], $"{scenario.Name}: {string.Join(", ", views)}");
        }
    }

    private static string IdIn(string uri) =>
        uri.Split('/').First(part => part.Length > 0 && char.IsAsciiDigit(part[0]));
}
