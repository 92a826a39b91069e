using System.Text;
using System.Text.Json;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using Xunit;

namespace WhoSaw.Scoping.Tests.Exposures;

public sealed class Scopes_say_what_they_know
{
    private static readonly ScopeRequest Everything = new() { Where = [Predicate.Everything] };

    [Fact]
    public void Ids_of_the_dictionary_come_back_as_the_logs_wrote_them_and_after_the_numbers()
    {
        using var world = new World
        {
            Rows = [World.Record(0, -1), World.Record(1, -2), World.Record(2, 20), World.Record(3, 3),
                World.Record(0.5, 3) with { Time = World.Start.Plus(1500) }],
        }.With("z-9", "a,\"7");
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        Assert.Equal("""
            account,operation,fields,first,last,views
            3,profile,"name,email",2025-04-12T00:00:00.001500Z,2025-04-12T00:03:00Z,2
            20,profile,"name,email",2025-04-12T00:02:00Z,2025-04-12T00:02:00Z,1
            "a,""7",profile,"name,email",2025-04-12T00:01:00Z,2025-04-12T00:01:00Z,1
            z-9,profile,"name,email",2025-04-12T00:00:00Z,2025-04-12T00:00:00Z,1

            """, World.Csv(scope));
        Assert.Equal(1, engine.Summarise([World.Where("subject = 'z-9'")])[0].Accounts);
        Assert.Equal(0, engine.Summarise([World.Where("subject = 'nobody' or subject = -1")])[0].Accounts);
    }

    [Fact]
    public void The_number_of_people_is_bounded_by_what_the_directory_knows()
    {
        using var world = new World
        {
            Rows = [World.Record(0, 1), World.Record(1, 2, "addresses", "name,phone"),
                World.Record(2, 3, "addresses", "name,phone")],
            Operations = [new OperationEntry("addresses", "name,phone", 20)],
            People = [(1, "p1", 0), (1, "p9", 1), (2, "p2", 0), (2, "p1", 1), (2, "p8", 2)],
        };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        Assert.Equal(new PeopleCount(3, 4, 3 + 21, 2, 1, 1), scope.People);
        Assert.Equal([("email", 1L, 1L), ("name", 3, 3), ("phone", 2, 3)],
            scope.Categories.Select(category => (category.Name, category.Accounts, category.People!.Value)));
    }

    [Fact]
    public void Decoys_give_an_estimate_that_disagrees_aloud()
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 10).Select(i => World.Record(i, 1000 + i)), World.Record(50, 1)],
            Accounts = [.. Enumerable.Range(0, 1000).Select(i => ((long)i, "active")), .. Enumerable.Range(1000, 20)
                .Select(i => ((long)i, "canary"))],
        };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        Assert.Equal(new CanaryEstimate(10, 20, 500, 271, 729, false), scope.Canaries);
        Assert.Equal(1, scope.Accounts);
    }

    [Fact]
    public void A_gap_is_measured_by_the_pace_around_it_and_the_scope_is_never_complete()
    {
        // every minute by turns in two streams; gw2 lost six hours
        var lost = (From: World.Start.Plus(6 * EventTime.Hour), To: World.Start.Plus(12 * EventTime.Hour));
        var rows = Enumerable.Range(0, 24 * 60)
            .Select(i => World.Record(i, i) with { Stream = i % 2 == 0 ? "gw1" : "gw2" }).ToList();
        var hidden = rows.RemoveAll(row => row.Stream == "gw2" && row.Time >= lost.From && row.Time < lost.To);
        using var world = new World
        {
            Rows = rows,
            Accounts = [.. Enumerable.Range(0, 1500).Select(i => ((long)i, "active"))],
            Sources = [.. new[] { "gw1", "gw2" }.Select(stream =>
                new SourceEntry("gateway", stream, "f", 1, "00", 1, 1, 0, 0, rows[0].Time, rows[^1].Time, false))],
        };
        using var engine = world.Open();
        var near = new CoverageGap("gateway", "gw2", lost.From, lost.To, "no lines", null);
        var far =
            near with { From = World.Start.Plus(-90 * EventTime.Day), To = World.Start.Plus(-89 * EventTime.Day) };
        using var scope = engine.Compute(Everything with { Gaps = [near, far] });
        Assert.Equal(180, hidden);
        Assert.InRange(scope.CannotTell.ViewsExpected!.Value, 178, 182);
        Assert.InRange(scope.CannotTell.ViewsAtMost!.Value, hidden, hidden * 2);
        Assert.InRange(scope.CannotTell.AccountsAtMost!.Value, hidden, 1500 - scope.Accounts);
        Assert.Equal([near], scope.Coverage.Gaps);
        Assert.Equal(1, scope.Coverage.GapsElsewhere);
        Assert.False(scope.Coverage.Complete);
        using var before = engine.Compute(Everything with { Gaps = [far] });
        Assert.False(before.Coverage.Complete);
    }

    [Fact]
    public void Where_nothing_was_logged_around_a_gap_no_bound_is_made_up()
    {
        using var world = new World { Rows = [World.Record(0, 1)] };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything with
        {
            Gaps = [new CoverageGap("gateway", "gw9", World.Start, World.Start.Plus(EventTime.Hour), "no lines", null)],
        });
        Assert.Null(scope.CannotTell.ViewsAtMost);
        Assert.Null(scope.CannotTell.ViewsExpected);
    }

    [Fact]
    public void The_json_has_the_members_that_programs_count_on()
    {
        using var world = new World { Rows = [World.Record(0, 1)] };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        using var stream = new MemoryStream();
        scope.WriteJson(stream);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        string[] members =
        [
            "accounts", "people", "views", "operations", "first", "last", "canaries", "coverage",
            "cannotTell", "categories", "perDay", "refused", "absent", "unnamed", "predicate", "growth", "valueFiles",
            "segments", "commit",
        ];
        Assert.Equal(members, json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2025-04-12T00:00:00Z", json.RootElement.GetProperty("first").GetString());
        Assert.True(json.RootElement.GetProperty("coverage").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public void Parquet_holds_the_rows_of_the_csv_and_an_empty_ledger_is_an_empty_scope()
    {
        using var world = new World { Rows = [World.Record(0, -1), World.Record(1, 5), World.Record(2, 4)] }.With("z");
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        var path = engine.Ledger.PathOf("it's.parquet");
        scope.WriteParquet(path);
        var rows = engine.Database.All($"SELECT account || epoch_us(first) FROM "
            + $"'{path.Replace("'", "''", StringComparison.Ordinal)}'", null, row => row.GetString(0));
        Assert.Equal(scope.Exposures().Select(exposure => exposure.Account + exposure.First.Microseconds), rows);
        using var empty = new World();
        using var nothing = empty.Open();
        using var none = nothing.Compute(Everything);
        Assert.Equal((0, 0, null, "account,operation,fields,first,last,views\n"),
            (none.Accounts, none.Views, none.First, World.Csv(none)));
    }

    [Fact]
    public void A_segment_that_is_missing_is_named_and_nothing_is_computed()
    {
        using var world = new World { Rows = [World.Record(0, 1)] };
        var contents = world.Write();
        File.Delete(contents.PathOf("part-0.parquet"));
        var refusal = Assert.Throws<SegmentMissingException>(() => ScopeEngine.Open(contents));
        Assert.Equal("part-0.parquet", refusal.Segment.Name);
    }

    [Fact]
    public void Too_little_memory_is_a_sentence()
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 60_000).Select(i => World.Record(i % 9000, i))],
            RowsInSegment = 60_000,
        };
        var options = new ScopeEngineOptions { Threads = 2, MemoryLimit = 2 << 20, Counting = Counting.Tables };
        var refusal = Assert.Throws<ScopeResourceException>(() =>
        {
            using var engine = ScopeEngine.Open(world.Write(), options);
            using var scope = engine.Compute(Everything);
        });
        Assert.StartsWith("the memory limit is too small", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_into_memory_is_left_to_tables_that_spill()
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 200_000).Select(i => World.Record(i % 9000, i))],
            RowsInSegment = 20_000,
        };
        var contents = world.Write();
        using var small = ScopeEngine.Open(
            contents, new ScopeEngineOptions { Threads = 2, ExposureMemory = 1 << 20 });
        using var large = ScopeEngine.Open(contents, new ScopeEngineOptions { Threads = 2 });
        using var grouped = small.Compute(Everything);
        using var counted = large.Compute(Everything);
        Assert.Equal(World.Csv(counted), World.Csv(grouped));
        Assert.Equal(counted.PerDay, grouped.PerDay);
        Assert.IsType<TableExposures>(grouped.Exposed);
        Assert.IsType<CountedExposures>(counted.Exposed);
    }

    [Fact]
    public void A_person_learns_who_saw_the_data_newest_first()
    {
        using var world = new World
        {
            Rows = [World.Record(0, 7) with { Account = new SubjectId(7) }, World.Record(
                5, 7) with { Principal = "staff-3", Outcome = Outcome.Refused, Offset = 77 }, World.Record(1, 8)],
        };
        using var engine = world.Open();
        var history = engine.History("7").ToList();
        Assert.Equal([("staff-3", false, 77L), ("7", true, 0L)],
            history.Select(access => (access.Who!, access.Own, access.Offset)));
        Assert.Equal("000000000000feed", history[0].Credential);
        Assert.Empty(engine.History("7' or true --"));
    }
}
