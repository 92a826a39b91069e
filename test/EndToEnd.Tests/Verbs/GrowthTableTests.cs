using System.Globalization;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Growth;
using WhoSaw.Scoping.Predicates;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>
/// The table of docs/scope.md: how far growth gets from one exposed customer and a day, an address or a session, in a
/// simulated world of each scenario. WHOSAW_GROWTH_SEEDS says in how many worlds, WHOSAW_GROWTH_WORLD how they are
/// made.
/// </summary>
public sealed class GrowthTableTests(ITestOutputHelper output) : IDisposable
{
    private const int Customers = 10;
    private const int Members = 100;
    private const int MostSteps = 10;

    private static readonly int Seeds = int.Parse(
        Environment.GetEnvironmentVariable("WHOSAW_GROWTH_SEEDS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly string[] Size = (Environment.GetEnvironmentVariable("WHOSAW_GROWTH_WORLD")
        ?? "--accounts 2000 --days 8").Split(' ');

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Replay => _folder.At("replay");

    /// <summary>How it went from some seeds of a kind: the worst of each, and how many said nothing.</summary>
    private sealed class Reach
    {
        public int Seeds { get; set; }
        public int Nothing { get; set; }
        public double Recall { get; set; } = 1;
        public double Precision { get; set; } = 1;
        public int Steps { get; set; }
    }

    private ScopeEngine Simulate(string scenario, int seed)
    {
        var ledger = _folder.At("ledger");
        foreach (var folder in new[] { Replay, ledger }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        Assert.Equal(0, Whosaw.Run(["simulate", scenario, "--out", Replay, "--seed",
            seed.ToString(CultureInfo.InvariantCulture), .. Size]).Status);
        Assert.InRange(
            Whosaw.Run("scan", "--config", Path.Combine(Replay, "whosaw.yaml"), "--ledger", ledger).Status, 0, 1);
        return ScopeEngine.Open(LedgerContents.Read(ledger));
    }

    private List<string[]> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(Replay, file)).Skip(1).Select(line => line.Split(','))];

    /// <summary>
    /// Exposures of which every view is in the logs: a customer can name a day of which there are records.
    /// </summary>
    private string[] Known(Random random)
    {
        var known = Lines("truth-exposed.csv").Where(cells => cells[5] == "0").ToList();
        return known[random.Next(known.Count)];
    }

    // A day in the zone of the simulated shop.
    private static Predicate CustomerAndDay(string[] exposure)
    {
        var zone = TimeSpan.FromHours(9);
        var day = new DateTimeOffset(
            DateTimeOffset.Parse(exposure[2], CultureInfo.InvariantCulture).ToOffset(zone).Date, zone);
        return Where($"subject = '{exposure[0]}' and time between '{day:yyyy-MM-ddTHH:mm:sszzz}' and "
            + $"'{day.AddDays(1).AddTicks(-TimeSpan.TicksPerSecond):yyyy-MM-ddTHH:mm:sszzz}'");
    }

    private static Predicate Where(string text) => Predicate.Parse(text).OrThrow();

    private static LocatedRecord RecordOf(ScopeEngine engine, string[] exposure) => engine.Records(Where(
        $"subject = '{exposure[0]}' and operation = '{exposure[1]}' and time = '{exposure[2]}'")).First();

    private HashSet<(string, string)> Grown(ScopeEngine engine, GrowthResult grown)
    {
        using var scope = engine.Compute(new ScopeRequest { Where = [.. grown.Steps.Select(step => step.Literal)] });
        var csv = _folder.At("exposed.csv");
        using (var file = File.Create(csv))
            scope.WriteCsv(file);
        return [.. ScopeTable.Read(csv).Keys];
    }

    private void Follow(ScopeEngine engine, TheftGrowth growth, Predicate seed, Reach reach)
    {
        var truth = ScopeTable.Read(Path.Combine(Replay, "truth-exposed.csv")).Keys.ToHashSet();
        var grown = growth.From(seed);
        reach.Seeds++;
        reach.Steps = Math.Max(reach.Steps, grown.Steps.Count);
        if (grown.Steps.Count == 0)
            reach.Nothing++;
        var got = Grown(engine, grown);
        var both = (double)got.Count(truth.Contains);
        reach.Recall = Math.Min(reach.Recall, both / truth.Count);
        reach.Precision = Math.Min(reach.Precision, got.Count == 0 ? 1 : both / got.Count);
        Assert.All(grown.Steps, step => Assert.True(step.PurityAtLeast >= 0.8 && step.Samples.Count > 0,
            $"{step.Literal}: {step.PurityAtLeast}"));
    }

    [Theory]
    [InlineData("forged-passes")]
    [InlineData("object-reference")]
    [InlineData("cross-tenant")]
    [InlineData("over-sharing")]
    [InlineData("curious-insider")]
    [InlineData("bulk-insider")]
    [InlineData("stolen-service-account")]
    [InlineData("credential-stuffing")]
    [InlineData("scraper")]
    public void From_any_exposed_customer_address_or_session_the_whole_theft_is_reached(string scenario)
    {
        var (customers, addresses, sessions) = (new Reach(), new Reach(), new Reach());
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var engine = Simulate(scenario, seed);
            var (growth, random) = (engine.Growth(), new Random(seed));
            for (var i = 0; i < Customers; i++)
                Follow(engine, growth, CustomerAndDay(Known(random)), customers);
            for (var i = 0; i < 3; i++)
            {
                var record = RecordOf(engine, Known(random)).Row;
                Follow(engine, growth, Where($"client = '{record.Client}'"), addresses);
                if (record.Credential is { } credential)
                    Follow(engine, growth, Where($"credential = '{credential:x16}'"), sessions);
            }
        }
        foreach (var (kind, reach) in new[] { ("customer and day", customers), ("address", addresses),
            ("session", sessions) })
        {
            if (reach.Seeds > 0)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| `{scenario}` | {kind} | {reach.Seeds} | {reach.Recall:0.0000} | {reach.Precision:0.0000} | ")
                    + string.Create(CultureInfo.InvariantCulture, $"{reach.Steps} | {reach.Nothing} |"));
            Assert.Equal(0, reach.Nothing);
            Assert.True(reach.Recall >= 0.999, $"{kind}: recall {reach.Recall}");
            Assert.True(reach.Precision >= 0.999, $"{kind}: precision {reach.Precision}");
            Assert.InRange(reach.Steps, 0, MostSteps);
        }
    }

    [Theory]
    [InlineData("database-outflow", true)]
    [InlineData("web-shell", false)]
    public void Where_no_log_names_anybody_it_says_what_left_and_names_nobody(string scenario, bool rows)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var engine = Simulate(scenario, seed);
            var (growth, random) = (engine.Growth(), new Random(seed));
            var truth = Lines("truth-exposed.csv");
            for (var i = 0; i < Customers; i++)
            {
                var grown = growth.From(CustomerAndDay(truth[random.Next(truth.Count)]));
                Assert.Empty(grown.Steps);
                Assert.NotEmpty(grown.Outflows);
                Assert.Equal(rows ? truth.Count : 0, grown.Outflows.Sum(outflow => outflow.Amount.Rows));
            }
            var left = growth.FromAll().Outflows.Select(outflow => outflow.Amount)
                .Select(amount => amount.Rows > 0 ? $"{amount.Rows} rows" : $"{amount.Bytes} bytes");
            output.WriteLine($"| `{scenario}` | {Customers} | {string.Join(", ", left)} |");
        }
    }

    [Theory]
    [InlineData("quiet")]
    [InlineData("sale")]
    [InlineData("outage")]
    [InlineData("release-day")]
    [InlineData("marketing-import")]
    public void In_a_world_without_a_crime_no_seed_grows_into_anything(string scenario)
    {
        var asked = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var engine = Simulate(scenario, seed);
            var (growth, random) = (engine.Growth(), new Random(seed));
            var all = growth.FromAll();
            Assert.Empty(all.Steps);
            Assert.Empty(all.Outflows);
            var members = Lines("members.csv");
            for (var i = 0; i < Members; i++, asked++)
                Assert.Empty(growth.From(Where($"subject = '{members[random.Next(members.Count)][0]}'")).Steps);
        }
        output.WriteLine($"| `{scenario}` | {Seeds} | {asked} | 0 |");
    }
}
