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
        page.Head(Title(page), EmbeddedText.Read("theme.js"));
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

    private static string Title(ReportPage page)
    {
        var first = page.Story.Findings.Where(finding => finding.IsAboutPeople)
            .MaxBy(finding => finding.Finding.Severity)?.Finding;
        return page.Say("report.title") + (first is null ? "" : ": " + page.Words.Title(first));
    }
}
