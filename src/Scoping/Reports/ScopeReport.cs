using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Reports.Charts;

namespace WhoSaw.Scoping.Reports;

/// <summary>Who was behind an exposure: a value of a column, and what it saw.</summary>
public sealed record ScopeActor(string Column, string Value, long Accounts, long Views);

/// <summary>
/// A scope on one page that needs nothing else: no network, no script, the same bytes for the same scope. Counts and
/// actors; accounts are in the scope's files, never here.
/// </summary>
public static class ScopeReport
{
    public static void Write(
        TextWriter output, Scope scope, int number, IReadOnlyList<ScopeActor> actors, TimeZoneInfo zone,
        Language language)
    {
        var words = Words.For(language);
        var moments = new Moments(words, zone, scope.First, scope.Last);
        var story = new ScanStory { Lines = 0, Files = 0, Streams = 0, Version = "", Zone = zone };
        var page = new ReportPage(new HtmlWriter(output), story, words, moments);
        var html = page.Html;
        html.Doctype();
        html.Open("html", "lang", language.Code());
        WriteHead(page, number);
        html.Open("body").Open("header").Element("h1", page.Say("scope.numbered", number)).Close().Open("main");
        WriteNumbers(page, scope);
        WriteDays(page, scope);
        WriteShown(page, scope);
        WriteActors(page, actors);
        WriteGrowth(page, scope);
        WriteCoverage(page, scope);
        html.Close().Close().Close();
    }

    private static void WriteHead(ReportPage page, int number)
    {
        var style = EmbeddedText.Read("report.css");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        page.Html.Open("head").Empty("meta", "charset", "utf-8")
            .Empty("meta", "http-equiv", "Content-Security-Policy", "content",
                $"default-src 'none'; style-src 'sha256-{hash}'")
            .Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .Empty("meta", "name", "color-scheme", "content", "light dark")
            .Empty("meta", "name", "robots", "content", "noindex")
            .Element("title", page.Say("scope.numbered", number)).Own("style", style).Close();
    }

    private static void WriteNumbers(ReportPage page, Scope scope)
    {
        var (html, words) = (page.Html, page.Words);
        html.Open("section").Open("p").Element("b", StoryText.Numbers(scope.Accounts, scope.People.Known,
            (scope.People.AtLeast, scope.People.AtMost), scope.Views, words)).Close();
        if (scope.First is { } first && scope.Last is { } last)
            html.Element("p", page.Say("time.first", page.Moments.Moment(first)) + ", "
                + page.Say("time.last", page.Moments.Moment(last)) + ", " + page.Moments.ZoneName);
        html.Open("p", "class", "note").Element("b", page.Say("report.where")).Text(" ")
            .Element("code", scope.Predicate.ToString()).Close();
        html.Element("p", page.Say("scope.tries", Words.Number(scope.Refused.Tries),
            Words.Number(scope.Refused.Accounts), Words.Number(scope.Absent.Tries),
            Words.Number(scope.Absent.Accounts)), "class", "note");
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

    private static void WriteCoverage(ReportPage page, Scope scope)
    {
        page.Html.Open("section").Element("h2", page.Say("label.cannot-tell"));
        if (scope.Coverage.Complete)
            page.Html.Element("p", page.Say("scope.complete"));
        else
            page.Html.Element("p", page.Words.Translate(scope.CannotTell.Why));
        foreach (var gap in scope.Coverage.Gaps)
            page.Html.Element("p", StoryText.Gap(
                new GapStory(gap.Stream, gap.From, gap.To, gap.Reason), page.Words, page.Moments), "class", "note");
        page.Html.Close();
    }
}
