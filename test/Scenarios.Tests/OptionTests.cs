namespace WhoSaw.Scenarios.Tests;

public sealed class OptionTests
{
    [Fact]
    public void More_decoys_than_holes_are_refused() =>
        AssertRefused(Some.World() with { Canaries = 2800 },
            "2800 decoys do not fit: among the ids of 2000 accounts there are 2726 holes.");

    [Fact]
    public void A_theft_longer_than_the_logs_is_refused() =>
        AssertRefused(Some.World("forged-passes") with { CrimeDays = 5 },
            "The crime cannot last 5 days in logs of 5 days");

    [Fact]
    public void A_scenario_that_nobody_knows_is_refused() =>
        AssertRefused(Some.World("forged-pases"), "There is no scenario 'forged-pases'");

    [Fact]
    public void A_crime_needs_a_day_before_it() =>
        AssertRefused(Some.World("scraper") with { Days = 2 }, "at least 3 days");

    [Theory]
    [InlineData(0, 5, 2)]
    [InlineData(2000, 0, 2)]
    [InlineData(2000, 5, 0)]
    public void Sizes_out_of_range_are_refused(long accounts, int days, int nodes) =>
        Assert.NotEmpty((Some.World() with { Accounts = accounts, Days = days, Nodes = nodes }).Faults());

    [Fact]
    public void As_many_decoys_as_holes_fit()
    {
        var folder = MemoryFolder.Of(Some.World() with { Canaries = 2726 });
        // one of the two thousand was deleted meanwhile
        Assert.Equal(4725, folder.Lines("members.csv").Skip(1).Select(line => line.Split(',')[0]).Distinct().Count());
        Assert.Equal(2726, folder.Lines("members.csv")
            .Count(line => line.EndsWith(",canary", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_simulation_of_bad_options_does_not_begin() =>
        Assert.Throws<ArgumentException>(() => new Simulation(Some.World("nothing"), _ => Stream.Null));

    private static void AssertRefused(ScenarioOptions options, string sentence) =>
        Assert.Contains(sentence, string.Join('\n', options.Faults()));
}
