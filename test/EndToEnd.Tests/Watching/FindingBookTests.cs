using WhoSaw.Cli.Watching;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Watching;

public sealed class FindingBookTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_finding_that_grows_keeps_its_id_and_is_told_once()
    {
        var book = new FindingBook([]);
        Assert.Equal([("F1", News.Raised)], Told(book, [Some("canary", "client in ('a')", "a", 1)], 0));
        Assert.Empty(Told(book, [Some("canary", "client in ('a', 'b')", "a", 1)], 1));
        Assert.Equal([("F2", News.Raised)], Told(
            book, [Some("canary", "client in ('a', 'b')", "a", 1), Some("breadth", "client = 'c'", "c", 9)], 2));
        Assert.Equal("client in ('a', 'b')", book.Standing.Single(finding => finding.Id == "F1").Where);
    }

    [Fact]
    public void A_change_of_severity_is_told()
    {
        var book = new FindingBook([]);
        Told(book, [Some("canary", "x", "a", 1)], 0);
        Assert.Equal(
            [("F1", News.Changed)], Told(book, [Some("canary", "x", "a", 1) with { Severity = Severity.Critical }], 1));
    }

    [Fact]
    public void What_does_not_hold_any_more_is_withdrawn_after_a_while_and_its_id_is_not_used_again()
    {
        var book = new FindingBook([]);
        Told(book, [Some("canary", "x", "a", 1)], 0);
        Assert.Empty(Told(book, [], 1));
        Assert.Empty(Told(book, [Some("canary", "x", "a", 1)], 30));
        Assert.Empty(Told(book, [], 31));
        Assert.Equal([("F1", News.Withdrawn)], Told(book, [], 95));
        Assert.Equal([("F2", News.Raised)], Told(book, [Some("canary", "x", "a", 1)], 96));
    }

    [Fact]
    public void What_an_earlier_run_raised_is_withdrawn_only_by_one_that_knows_as_much()
    {
        var earlier = Some("canary", "x", "a", 1) with { Id = "F7" };
        var forgetful = new FindingBook([earlier]);
        Assert.Empty(Told(forgetful, [], 0, isLast: true));
        var knowing = new FindingBook([earlier]);
        knowing.TrustMemory();
        Assert.Equal([("F7", News.Withdrawn)], Told(knowing, [], 0, isLast: true));
        Assert.Equal([("F8", News.Raised)], Told(knowing, [Some("breadth", "y", "b", 2)], 1));
    }

    private static List<(string, News)> Told(FindingBook book, Finding[] found, int second, bool isLast = false) =>
        [.. book.Take(found, Start.AddSeconds(second), isLast, _ => false)
            .Where(each => each.News is not null).Select(each => (each.Finding.Id, each.News!.Value))];

    private static Finding Some(string detector, string where, string actor, long offset) => new()
    {
        Kind = FindingKind.Access,
        Detector = detector,
        Severity = Severity.High,
        Raised = new EventTime(1),
        First = new EventTime(1),
        Last = new EventTime(2),
        Title = "title",
        Why = "why",
        ActorKind = "client",
        ActorValue = actor,
        Where = where,
        Samples = [new RecordLocation("web.log", offset)],
    };
}
