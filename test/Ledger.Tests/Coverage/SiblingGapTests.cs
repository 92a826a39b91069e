using System.Globalization;
using CsCheck;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

/// <summary>
/// Nodes behind one balancer: a day's rhythm, hours that scatter, a thief of any size on one node or all.
/// </summary>
public sealed class SiblingGapTests(ITestOutputHelper output)
{
    private const int Day = 24 * 60;
    private static readonly long Monday =
        new DateTimeOffset(2025, 4, 14, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60;

    // More by hand.
    private static readonly int Draws = int.Parse(
        Environment.GetEnvironmentVariable("WHOSAW_GAP_WORLDS") ?? "30", CultureInfo.InvariantCulture);

    private sealed record World(
        uint Seed, int Days, int Nodes, double Lines, double Scatter, double Thief, double ThiefFrom, double ThiefDays,
        bool IsPinned, int Visit, double DeadFrom, int DeadMinutes);

    private static readonly Gen<World> Worlds = Gen.Select(
        Gen.UInt, Gen.Int[4, 15], Gen.Int[2, 5], Gen.Double[0.5, 20], Gen.Double[0, 0.5],
        Gen.Select(Gen.Double[0, 12], Gen.Double[0, 1], Gen.Double[0.1, 15], Gen.Bool, Gen.Int[1, 8]),
        Gen.Select(Gen.Double[0.15, 0.85], Gen.Int[120, 480]),
        (seed, days, nodes, lines, scatter, thief, dead) => new World(
            seed, days, nodes, lines, scatter, thief.Item1, thief.Item2, thief.Item3, thief.Item4, thief.Item5,
            dead.Item1, dead.Item2));

    [Fact]
    public void A_node_that_is_silent_while_its_siblings_go_on_is_a_gap_however_large_the_thief()
    {
        Worlds.Where(world => !world.IsPinned).Sample(
            world =>
            {
                var (first, after) = Dead(world);
                var all = Lines(world).ToList();
                // What so few lines could not prove is no gap of anybody's.
                var lost = all.Where(row => row.Stream == "n0" && row.Minute >= first && row.Minute < after)
                    .Sum(row => row.Lines);
                var left = all.Where(row => row.Stream != "n0" || row.Minute < first || row.Minute >= after);
                var gaps = GapFinder.Find(left, new GapOptions());
                if (lost < 100 * world.Visit)
                    return;
                var gap = Assert.Single(gaps);
                Assert.Equal("n0", gap.Stream);
                Assert.True(gap.From.MinuteNumber <= first && gap.To.MinuteNumber >= after - 1);
                Assert.InRange(gap.ExpectedLines, lost * 0.5, lost * 2);
            },
            iter: Draws, threads: 1, writeLine: output.WriteLine);
    }

    [Fact]
    public void Where_nothing_is_missing_no_gap_is_told() =>
        Worlds.Sample(
            world => Assert.Empty(GapFinder.Find(Lines(world), new GapOptions())),
            iter: Draws, threads: 1, writeLine: output.WriteLine);

    [Fact]
    public void A_few_visits_of_a_thief_that_all_go_to_one_node_at_night_are_no_silence_of_the_other()
    {
        // Nobody is up but a thief: seven visits an hour, five requests each.
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var lines = new List<TotalsRow>();
            for (var minute = 0; minute < 10 * Day; minute++)
                for (var node = 0; node < 2; node++)
                {
                    var isNight = minute % Day is < 7 * 60;
                    var honest = Poisson(random, isNight ? 0.02 : 3);
                    var thief = minute < 3 * Day || random.NextDouble() > 0.35 ? 0 : 5;
                    if (honest + thief > 0)
                        lines.Add(new TotalsRow(
                            "gateway", $"n{node}", Monday + minute, null, Outcome.Disclosed, honest + thief, 0));
                }
            Assert.Empty(GapFinder.Find(lines, new GapOptions()));
        }
    }

    private static (long First, long After) Dead(World world)
    {
        var first = Monday + (long)(world.DeadFrom * world.Days * Day);
        return (first, Math.Min(first + world.DeadMinutes, Monday + world.Days * Day - 60));
    }

    private static IEnumerable<TotalsRow> Lines(World world)
    {
        var random = new Random((int)world.Seed);
        var from = world.ThiefFrom * world.Days * Day;
        for (var minute = 0; minute < world.Days * Day; minute++)
        {
            var daily = 1 + 0.9 * Math.Sin(2 * Math.PI * minute / Day);
            var hour = Math.Exp(world.Scatter * Gaussian(new Random((int)world.Seed ^ (minute / 60 * 7919))));
            var isThief = minute >= from && minute < from + world.ThiefDays * Day;
            for (var node = 0; node < world.Nodes; node++)
            {
                // A visit of the thief is some requests on end, all to one node.
                var thief = !isThief || (world.IsPinned && node != 0) ? 0 : world.Thief;
                var lines = Poisson(random, world.Lines * daily * hour)
                    + world.Visit * Poisson(random, world.Lines * thief / world.Visit);
                if (lines > 0)
                    yield return new TotalsRow(
                        "gateway", $"n{node}", Monday + minute, null, Outcome.Disclosed, lines, 0);
            }
        }
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(Random random, double mean)
    {
        if (mean > 50)
            return (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Gaussian(random)));
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}
