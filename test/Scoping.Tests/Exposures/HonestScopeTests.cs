using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;
using WhoSaw.Scoping.Reports;
using Xunit;

namespace WhoSaw.Scoping.Tests.Exposures;

public sealed class HonestScopeTests
{
    private static readonly ScopeRequest Everything = new() { Where = [Predicate.Everything] };

    private static readonly CoverageGap AGap = new("gateway", "gw2", World.Start.Plus(EventTime.Hour),
        World.Start.Plus(3 * EventTime.Hour), "no lines", null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_view_that_names_nobody_is_counted_and_leaves_the_people_without_a_bound(bool inTables)
    {
        using var world = new World
        {
            Rows =
            [
                World.Record(0, 1), World.Record(1, 2) with { Subject = SubjectId.None },
                World.Record(2, 2) with { Subject = SubjectId.None, Outcome = Outcome.Absent },
                World.Record(3, 2, "login", "") with { Subject = SubjectId.None },
            ],
            Accounts = [(1, "active"), (2, "active"), (3, "active")],
        };
        using var engine = world.Open(counting: inTables ? Counting.Tables : Counting.InMemory);
        using var scope = engine.Compute(Everything);
        Assert.Equal((1, 1, new UnnamedTraffic(0, 0, 1)), (scope.Accounts, scope.Views, scope.Unnamed));
        Assert.Equal((1, (long?)null), (scope.People.AtLeast, scope.People.AtMost));
        Assert.Equal(2, scope.CannotTell.AccountsAtMost);
        Assert.EndsWith("1 views showed people's data, and the log does not say whose: nothing bounds the people.",
            scope.CannotTell.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_what_names_nobody_says_so_and_not_that_the_logs_are_whole()
    {
        using var world = new World { Rows = [World.Record(1, 2) with { Subject = SubjectId.None }] };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        var html = new StringWriter();
        ScopeReport.Write(html, scope, 1, [], [], TimeZoneInfo.Utc, Language.English);
        Assert.Equal(2, html.ToString().Split("1 views showed people").Length - 1);
        Assert.DoesNotContain("<b>0 accounts", html.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cover the whole time", html.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "The logs have gaps: up to ")]
    [InlineData(10, "The logs have gaps, and nothing bounds what these hide.")]
    public void A_report_says_beside_its_numbers_that_gaps_may_hide_more(int hours, string said)
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 600).Select(i => World.Record(i, i % 20))],
            Sources = [.. new[] { "gw1", "gw2" }.Select(stream => new Ledger.SourceEntry("gateway", stream, "f", 1,
                "00", 1, 1, 0, 0, World.Start, World.Start.Plus(600 * EventTime.Minute), false))],
        };
        using var engine = world.Open();
        var gap = AGap with { From = World.Start, To = World.Start.Plus(hours * EventTime.Hour) };
        foreach (var (gaps, isSaid) in new[] { (new[] { gap, gap with { Stream = "gw1" } }, true), ([], false) })
        {
            using var scope = engine.Compute(Everything with { Gaps = gaps });
            var html = new StringWriter();
            ScopeReport.Write(html, scope, 1, [], [], TimeZoneInfo.Utc, Language.English);
            Assert.Equal(isSaid, html.ToString().Split("<h2>")[0].Contains(said, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_list_that_lacks_exposed_accounts_bounds_nobody_in_a_gap()
    {
        // all that are listed are exposed, and so are ten that are not: what the gap hides may be ten more of these
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 600).Select(i => World.Record(i, i % 20))],
            Accounts = [.. Enumerable.Range(0, 10).Select(i => ((long)i, "active"))],
            Sources = [.. new[] { "gw1", "gw2" }.Select(stream => new Ledger.SourceEntry("gateway", stream, "f", 1,
                "00", 1, 1, 0, 0, World.Start, World.Start.Plus(600 * EventTime.Minute), false))],
        };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything with { Gaps = [AGap] });
        Assert.InRange(scope.CannotTell.AccountsAtMost!.Value, 10, 300);
        using var listed = engine.Compute(new ScopeRequest { Where = [World.Where("subject < 4")], Gaps = [AGap] });
        Assert.Equal(6, listed.CannotTell.AccountsAtMost);
    }

    [Fact]
    public void Decoys_do_not_speak_for_accounts_that_their_list_lacks()
    {
        using var world = new World
        {
            Rows = [.. Enumerable.Range(0, 40).Select(i => World.Record(i, i))],
            Accounts = [.. Enumerable.Range(0, 30).Select(i => ((long)i, i % 3 == 0 ? "canary" : "active"))],
        };
        using var engine = world.Open();
        using var scope = engine.Compute(Everything);
        Assert.Equal(30, scope.Accounts);
        Assert.Equal((10L, 20L, true), (scope.Canaries.Touched, scope.Canaries.High, scope.Canaries.Agrees));
    }

    [Theory]
    [InlineData(6, 6, 6L, "6 people")]
    [InlineData(6, 8, 8L, "8 people")]
    [InlineData(6, 8, 40L, "between 8 and 40 people")]
    [InlineData(6, 8, null, "at least 8 people")]
    public void People_whom_the_directory_does_not_name_are_in_the_number_that_is_said(
        int known, int least, long? most, string said)
    {
        var numbers = StoryText.Numbers(10, known, (least, most), 12, Words.For(Language.English));
        Assert.Equal($"10 accounts · {said} · 12 views", numbers);
    }
}
