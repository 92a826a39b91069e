using System.Globalization;
using WhoSaw.EndToEnd.Tests.Scanning;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

public sealed class GrowthTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whosaw-growth-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Ledger => Path.Combine(_folder, "ledger");

    private void Simulate(string scenario, int seed)
    {
        var replay = Path.Combine(_folder, "replay");
        Assert.Equal(0, Whosaw.Run("simulate", scenario, "--out", replay, "--accounts", "4000", "--days", "10",
            "--seed", seed.ToString(CultureInfo.InvariantCulture)).Status);
        Assert.InRange(Whosaw.Run("scan", "--config", Path.Combine(replay, "whosaw.yaml"), "--ledger", Ledger).Status,
            0, 1);
    }

    private List<string[]> Truth() => [.. File.ReadLines(Path.Combine(_folder, "replay", "truth-exposed.csv")).Skip(1)
        .Select(line => line.Split(',')).Where(cells => int.Parse(cells[4], CultureInfo.InvariantCulture) >
            int.Parse(cells[5], CultureInfo.InvariantCulture))];

    // In the zone of the simulated shop.
    private static string DayOf(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)
        .ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("forged-passes", 3)]
    [InlineData("bulk-insider", 5)]
    public void From_one_customer_and_a_day_the_whole_theft_is_reached(string scenario, int seed)
    {
        Simulate(scenario, seed);
        var truth = Truth();
        var known = truth[new Random(seed).Next(truth.Count)];
        var csv = Path.Combine(_folder, "exposed.csv");
        var said = Whosaw.Run("scope", "--ledger", Ledger, "--grow", "--seed-account", known[0], "--day",
            DayOf(known[2]), "--yes", "--out", csv);
        Assert.Equal(0, said.Status);
        var exposed = truth.Select(cells => cells[0]).ToHashSet();
        var got = File.ReadLines(csv).Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        var both = (double)got.Count(exposed.Contains);
        var steps = said.Out.Split('\n').Count(line => line.Contains("accepted: confidence", StringComparison.Ordinal));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{scenario}: {exposed.Count} accounts, recall {both / exposed.Count:0.0000}, " +
            $"precision {both / got.Count:0.0000}, {steps} steps"));
        Assert.True(both / exposed.Count >= 0.999, $"recall {both / exposed.Count}");
        Assert.True(both / got.Count >= 0.999, $"precision {both / got.Count}");
        Assert.InRange(steps, 1, 10);
    }

    [Fact]
    public void In_a_quiet_world_it_says_that_there_is_nothing()
    {
        Simulate("quiet", 3);
        var member = File.ReadLines(Path.Combine(_folder, "replay", "members.csv")).Skip(1).First().Split(',')[0];
        var said = Whosaw.Run("scope", "--ledger", Ledger, "--grow", "--seed-account", member);
        Assert.Equal(0, said.Status);
        Assert.Contains("Nothing. Around the seed there is only ordinary traffic", said.Out, StringComparison.Ordinal);
        var korean = Whosaw.Run("scope", "--ledger", Ledger, "--grow", "--seed-account", member, "--language", "ko");
        Assert.Contains("평소의 접속뿐입니다", korean.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_rows_left_without_names_it_says_that_nobody_can_be_named()
    {
        Simulate("database-outflow", 3);
        var member = File.ReadLines(Path.Combine(_folder, "replay", "members.csv")).Skip(1).First().Split(',')[0];
        string[] grow = ["scope", "--ledger", Ledger, "--grow", "--seed-account", member, "--yes"];
        var said = Whosaw.Run(grow);
        Assert.Equal(1, said.Status);
        Assert.Contains("rows left a database", said.Out, StringComparison.Ordinal);
        Assert.Contains("principal = 'hss_admin'", said.Out, StringComparison.Ordinal);
        Assert.Contains("Nobody can be named from these logs", said.Out, StringComparison.Ordinal);
        Assert.Contains("누구도 특정할 수 없습니다", Whosaw.Run([.. grow, "--language", "ko"]).Out,
            StringComparison.Ordinal);
        var unknown = Whosaw.Run("scope", "--ledger", Ledger, "--grow", "--seed-session", "00000000000000ff");
        Assert.Contains("No record of the ledger matches the seed", unknown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_be_asked_the_steps_are_shown_and_nothing_is_issued()
    {
        Simulate("object-reference", 4);
        var csv = Path.Combine(_folder, "exposed.csv");
        var account = Truth()[0][0];
        var said = Whosaw.Run("scope", "--ledger", Ledger, "--grow", "--seed-account", account, "--out", csv);
        Assert.Equal(1, said.Status);
        Assert.Contains("say --yes", said.Error, StringComparison.Ordinal);
        Assert.Contains("accounts more", said.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(csv));
        Refused("--yes belongs to --grow", "--yes");
        Refused("needs something to begin with", "--grow", "--yes");
        Refused("--day takes a day", "--grow", "--day", "yesterday");
        Refused("--at takes a time", "--grow", "--at", "noon");
        Refused("a confidence from 0 to 1", "--grow", "--seed-account", account, "--yes", "7");
        Refused("not both", "--grow", "--seed-account", account, "--finding", "F1");
    }

    private void Refused(string sentence, params string[] arguments)
    {
        var said = Whosaw.Run(["scope", "--ledger", Ledger, .. arguments]);
        Assert.Equal(2, said.Status);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }
}
