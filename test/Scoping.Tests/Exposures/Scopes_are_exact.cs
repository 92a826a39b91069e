using System.Globalization;
using CsCheck;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Tests.Predicates;
using Xunit;

namespace WhoSaw.Scoping.Tests.Exposures;

public sealed class Scopes_are_exact
{
    private static readonly int Worlds =
        int.TryParse(Environment.GetEnvironmentVariable("WHOSAW_SCOPE_WORLDS"), CultureInfo.InvariantCulture, out var n)
            ? n : 30;

    [Fact]
    public void Any_scope_of_any_world_is_what_plain_counting_gives()
    {
        Gen.Select(RandomWorlds.Any, RandomPredicates.Any.Array[8]).Sample((world, texts) =>
        {
            using var _ = world;
            using var engine = world.Open();
            using var tables = world.Open(counting: Counting.Tables);
            var predicates = texts.Select(World.Where).ToList();
            var summaries = engine.Summarise(predicates);
            for (var i = 0; i < texts.Length; i++)
            {
                var expected = Oracle.Compute(world, predicates[i]);
                Same(expected, engine, predicates[i]);
                Same(expected, tables, predicates[i]);
                SameDocument(engine, tables, predicates[i]);
                Same(world, engine, predicates[i], expected, summaries[i]);
            }
        }, iter: Worlds, threads: 1, print: sample => string.Join("\n", sample.Item2));
    }

    // Days begin elsewhere than a segment's, so that a row group lies on two of them.
    private static void SameDocument(ScopeEngine engine, ScopeEngine tables, Predicate predicate)
    {
        var request = new ScopeRequest { Where = [predicate], DayOffset = TimeSpan.FromMinutes(9 * 60 + 30) };
        using var counted = engine.Compute(request);
        using var grouped = tables.Compute(request);
        Assert.Equal(Document(grouped), Document(counted));
    }

    private static string Document(Scope scope)
    {
        using var json = new MemoryStream();
        scope.WriteJson(json);
        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }

    private static void Same(Oracle.Answer expected, ScopeEngine engine, Predicate predicate)
    {
        using var scope = engine.Compute(new ScopeRequest { Where = [predicate] });
        Assert.Equal(expected.Csv, World.Csv(scope));
        Assert.Equal((expected.Accounts, expected.Views, expected.First, expected.Last),
            (scope.Accounts, scope.Views, scope.First, scope.Last));
        Assert.Equal(expected.CanariesTouched, scope.Canaries.Touched);
        Assert.Equal(expected.People, scope.People);
        Assert.Equal(expected.Categories, string.Join(' ', scope.Categories.Select(c => $"{c.Name}={c.Accounts}")));
        Assert.Equal(expected.PerDay, string.Join(' ', scope.PerDay.Select(d =>
            $"{d.Day.DayNumber - new DateOnly(1970, 1, 1).DayNumber}:{d.Accounts}/{d.NewAccounts}/{d.Views}")));
        Assert.Equal((expected.Refused, expected.Absent), (scope.Refused, scope.Absent));
        Assert.Equal(new UnnamedTraffic(0, 0, expected.Unnamed), scope.Unnamed);
    }

    private static void Same(
        World world, ScopeEngine engine, Predicate predicate, Oracle.Answer expected, ScopeSummary summary)
    {
        Assert.Equal((expected.Accounts, expected.Views, expected.First, expected.Last, expected.CanariesTouched),
            (summary.Accounts, summary.Views, summary.First, summary.Last, summary.CanariesTouched));
        var rows = engine.Records(predicate).Select(record => record.Row).ToList();
        Assert.Equal(world.Rows.Where(row => predicate.Matches(row, world.Find)).Select(row => row.ToString()).Order(),
            rows.Select(row => row.ToString()).Order());
        Assert.Equal(predicate, World.Where(predicate.ToString()));
    }

    [Fact]
    public void A_predicate_and_its_negation_part_the_records()
    {
        Gen.Select(RandomWorlds.Any, RandomPredicates.Any.Array[4]).Sample((world, texts) =>
        {
            using var _ = world;
            using var engine = world.Open();
            foreach (var predicate in texts.Select(World.Where))
                Assert.Equal(
                    world.Rows.Count, engine.Records(predicate).Count() + engine.Records(predicate.Negate()).Count());
        }, iter: Math.Max(10, Worlds / 4), threads: 1);
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 40_000).Select(i => World.Record(random.Next(20_000), random.Next(5000),
            random.Next(2) == 0 ? "profile" : "addresses") with
        { Stream = "gw" + random.Next(3) }).ToList();
        using var world = new World { Rows = rows, RowsInSegment = 3000 };
        var contents = world.Write();
        var answers = new[] { 1, 2, 4 }.Select(threads =>
        {
            using var engine = ScopeEngine.Open(
                contents, new ScopeEngineOptions { Threads = threads, MemoryLimit = 256 << 20 });
            using var scope = engine.Compute(new ScopeRequest { Where = [World.Where("stream in ('gw1', 'gw2')")] });
            using var json = new MemoryStream();
            scope.WriteJson(json);
            return (World.Csv(scope), Convert.ToHexString(json.ToArray()));
        }).ToList();
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public void What_does_not_fit_into_memory_spills_and_leaves_nothing_behind()
    {
        var rows = Enumerable.Range(0, 300_000).Select(i => World.Record(i % 9000, i)).ToList();
        using var world = new World { Rows = rows, RowsInSegment = 100_000 };
        var contents = world.Write();
        using (var engine = ScopeEngine.Open(contents,
            new ScopeEngineOptions { Threads = 2, MemoryLimit = 64 << 20, Counting = Counting.Tables }))
        {
            using var scope = engine.Compute(new ScopeRequest { Where = [Predicate.Everything] });
            Assert.NotEmpty(Directory.EnumerateFiles(
                contents.PathOf(Path.Combine("state", "spill")), "*", SearchOption.AllDirectories));
            Assert.Equal((300_000, 300_000), (scope.Accounts, scope.Views));
            Assert.Equal(Enumerable.Range(0, 300_000).Select(i => i.ToString(CultureInfo.InvariantCulture)),
                scope.Exposures().Select(exposure => exposure.Account));
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(contents.PathOf(Path.Combine("state", "spill"))));
    }
}
