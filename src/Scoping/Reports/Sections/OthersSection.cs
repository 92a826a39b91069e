using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>Findings about keys and logs, a line each.</summary>
internal static class OthersSection
{
    public static void Write(ReportPage page)
    {
        var others = page.Story.Findings.Where(finding => !finding.IsAboutPeople)
            .Select(story => story.Finding).ToList();
        if (others.Count == 0)
            return;
        var (html, words) = (page.Html, page.Words);
        html.Open("section").Element("h2", page.Say("report.others")).Open("ul", "class", "others");
        foreach (var finding in others)
            html.Open("li").Element("b", words.Say(StoryText.LabelKey(finding)), "class", "label").Text(" ")
                .Element("span", StoryText.Short(finding, words)).Text(" ")
                .Element("small", When(page, finding)).Close();
        html.Close().Close();
    }

    private static string When(ReportPage page, Finding finding) => finding.Last > finding.First
        ? page.Moments.Stretch(finding.First, finding.Last)
        : page.Moments.Moment(finding.First);
}
