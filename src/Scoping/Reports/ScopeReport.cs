using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Reports.Charts;
using WhoSaw.Scoping.Reports.Sections;

namespace WhoSaw.Scoping.Reports;

/// <summary>Who was behind an exposure: a value of a column, and what it saw.</summary>
public sealed record ScopeActor(string Column, string Value, long Accounts, long Views);

/// <summary>
/// A scope on one page that needs nothing else: no network, no script, the same bytes for the same scope. Counts and
/// actors; accounts are in the scope's files, never here.
/// </summary>
public static class ScopeReport
{
    /// <param name="coverage">The days around the scope, in the zone; see <see cref="GapStory.Of"/> for its
    /// gaps.</param>
    public static void Write(
        TextWriter output, Scope scope, int number, IReadOnlyList<ScopeActor> actors,
        IReadOnlyList<CoverageDay> coverage, TimeZoneInfo zone, Language language)
    {
        var story = new ScanStory
        {
            Lines = 0,
            Files = 0,
            Streams = 0,
            Version = "",
            Zone = zone,
            First = scope.First,
            Last = scope.Last,
            Coverage = coverage,
            Gaps = GapStory.Of(scope),
        };
        var page = ReportPage.Of(output, story, language);
        var html = page.Html;
        html.Doctype();
        html.Open("html", "lang", language.Code());
        page.Head(page.Say("scope.numbered", number));
        html.Open("body").Open("header").Element("h1", page.Say("scope.numbered", number)).Close().Open("main");
        WriteNumbers(page, scope);
        WriteDays(page, scope);
        WriteShown(page, scope);
        WriteActors(page, actors);
        WriteGrowth(page, scope);
        WriteCannotTell(page, scope);
        CoverageSection.Write(page);
        html.Close().Close().Close();
    }

    private static void WriteNumbers(ReportPage page, Scope scope)
    {
        var (html, words) = (page.Html, page.Words);
        html.Open("section").Open("p").Element("b", scope.Views == 0 && !scope.Unnamed.IsNone
            ? string.Join(' ', scope.Unnamed.Sentences.Select(words.Translate))
            : StoryText.Numbers(scope.Accounts, scope.People.Known, (scope.People.AtLeast, scope.People.AtMost),
                scope.Views, words)).Close();
        if (scope.Coverage.Gaps.Count > 0)
            html.Element("p", scope.CannotTell is { AccountsAtMost: { } accounts, ViewsAtMost: { } views }
                ? page.Say("scope.hidden", Words.Number(accounts), Words.Number(views))
                : page.Say("scope.hidden-unbounded"), "class", "alarm-text");
        if (scope.First is { } first && scope.Last is { } last)
            html.Element("p", page.Say("time.first", page.Moments.Moment(first)) + ", "
                + page.Say("time.last", page.Moments.Moment(last)) + ", " + page.Moments.ZoneName);
        html.Open("p", "class", "note").Element("b", page.Say("report.where")).Text(" ")
            .Element("code", scope.Predicate.ToString()).Close();
        html.Element("p", page.Say("scope.tries", Words.Number(scope.Refused.Tries),
            Words.Number(scope.Refused.Accounts), Words.Number(scope.Absent.Tries),
            Words.Number(scope.Absent.Accounts)), "class", "note");
        if (scope.Head is { } head)
            html.Element("p", page.Say("scope.head", Words.Number(head.Size), head.Root), "class", "note");
        if (scope.Canaries.Agrees == false)
            html.Element("p", page.Say("canaries.disagree", Words.Number(scope.Accounts)), "class", "alarm-text");
        html.Close();
    }

    private static void WriteDays(ReportPage page, Scope scope)
    {
        if (scope.PerDay.Count == 0)
            return;
        page.Html.Open("section").Element("h2", page.Say("report.course"));
        ExposureChart.Write(page, scope.PerDay);
        var total = 0L;
        page.Table(page.Say("report.daily"),
            [
                new(page.Say("column.day")), new(page.Say("column.accounts"), "n"),
                new(page.Say("column.new-accounts"), "n"), new(page.Say("column.total"), "n"),
                new(page.Say("column.views"), "n"),
            ],
            scope.PerDay.Select(day => new[]
            {
                page.Moments.DayAndYear(day.Day), Words.Number(day.Accounts), Words.Number(day.NewAccounts),
                Words.Number(total += day.NewAccounts), Words.Number(day.Views),
            }));
        page.Html.Close();
    }

    private static void WriteShown(ReportPage page, Scope scope)
    {
        page.Html.Open("section").Element("h2", page.Say("report.what")).Open("div", "class", "pair");
        page.Table(page.Say("report.by-operation"),
            [
                new(page.Say("column.operation")), new(page.Say("column.accounts"), "n"),
                new(page.Say("column.views"), "n"), new(page.Say("column.shows")),
            ],
            scope.Operations.Select(row => new[]
            {
                row.Name, Words.Number(row.Accounts), Words.Number(row.Views), page.Words.Categories(row.Fields),
            }));
        page.Table(page.Say("report.by-category"),
            [
                new(page.Say("column.category")), new(page.Say("column.accounts"), "n"),
                new(page.Say("column.people"), "n"),
            ],
            scope.Categories.Select(row => new[]
            {
                page.Words.Category(row.Name), Words.Number(row.Accounts),
                row.People is { } people ? Words.Number(people) : "–",
            }));
        page.Html.Close().Close();
    }

    private static void WriteActors(ReportPage page, IReadOnlyList<ScopeActor> actors)
    {
        if (actors.Count == 0)
            return;
        page.Html.Open("section").Element("h2", page.Say("scope.actors"));
        page.Table(page.Say("scope.actors"),
            [
                new(page.Say("column.kind")), new(page.Say("column.actor"), "c"), new(page.Say("column.accounts"), "n"),
                new(page.Say("column.views"), "n"),
            ],
            actors.Select(actor => new[]
            {
                actor.Column, actor.Value, Words.Number(actor.Accounts), Words.Number(actor.Views),
            }), quiet: true);
        page.Html.Close();
    }

    private static void WriteGrowth(ReportPage page, Scope scope)
    {
        if (scope.Growth.Count == 0)
            return;
        page.Html.Open("section").Element("h2", page.Say("growth.title"));
        page.Table(page.Say("growth.title"),
            [
                new(page.Say("report.where"), "c"), new(page.Say("column.evidence"), "n"),
                new(page.Say("column.purity"), "n"), new(page.Say("column.new-accounts"), "n"),
            ],
            scope.Growth.Select(step => new[]
            {
                step.Literal.ToString(), Words.Number(step.Evidence),
                step.Purity.ToString("0.0000", CultureInfo.InvariantCulture), Words.Number(step.AccountsAdded),
            }), quiet: true);
        page.Html.Close();
    }

    private static void WriteCannotTell(ReportPage page, Scope scope)
    {
        page.Html.Open("section").Element("h2", page.Say("label.cannot-tell"));
        if (!scope.Coverage.Complete)
            page.Html.Element("p", page.Words.Translate(scope.CannotTell.Why));
        else if (scope.Unnamed.IsNone)
            page.Html.Element("p", page.Say("scope.complete"));
        else
            foreach (var sentence in scope.Unnamed.Sentences)
                page.Html.Element("p", page.Words.Translate(sentence));
        if (scope.Coverage.GapsElsewhere > 0)
            page.Html.Element("p", page.Words.Count("scope.gaps-elsewhere", scope.Coverage.GapsElsewhere), "class",
                "note");
        page.Html.Close();
    }
}
