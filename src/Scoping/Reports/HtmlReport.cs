using System.Security.Cryptography;
using System.Text;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports.Sections;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// The story of a scan on one page that needs nothing else: no network, no script (one switches between light and
/// dark), the same bytes for the same story. It carries counts and actors; accounts are in the scope's files, never
/// here.
/// </summary>
public static class HtmlReport
{
    public static void Write(TextWriter output, ScanStory story, Language language)
    {
        var page = ReportPage.Of(output, story, language);
        var html = page.Html;
        html.Doctype();
        html.Open("html", "lang", language.Code());
        WriteHead(page);
        html.Open("body");
        var told = story.Findings.Where(finding => finding.IsAboutPeople)
            .OrderByDescending(finding => finding.Finding.Severity).ToList();
        MastheadSection.Write(page);
        html.Open("main");
        if (told.Count == 0)
            NothingSection.Write(page);
        foreach (var finding in told)
        {
            SummarySection.Write(page, finding, isFirst: ReferenceEquals(finding, told[0]));
            CourseSection.Write(page, finding);
            ReasonSection.Write(page, finding);
            ShownSection.Write(page, finding);
        }
        OthersSection.Write(page);
        RoutesSection.Write(page);
        CoverageSection.Write(page);
        NextSection.Write(page);
        SourcesSection.Write(page);
        MethodSection.Write(page);
        html.Close().Close().Close();
    }

    private static void WriteHead(ReportPage page)
    {
        var style = EmbeddedText.Read("report.css");
        var script = EmbeddedText.Read("theme.js");
        var policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'";
        page.Html.Open("head")
            .Empty("meta", "charset", "utf-8")
            .Empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
            .Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .Empty("meta", "name", "color-scheme", "content", "light dark")
            .Empty("meta", "name", "robots", "content", "noindex")
            .Element("title", Title(page))
            .Own("style", style)
            .Own("script", script)
            .Close();
    }

    private static string Title(ReportPage page)
    {
        var first = page.Story.Findings.Where(finding => finding.IsAboutPeople)
            .MaxBy(finding => finding.Finding.Severity)?.Finding;
        return page.Say("report.title") + (first is null ? "" : ": " + page.Words.Title(first));
    }

    private static string Hash(string content) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
