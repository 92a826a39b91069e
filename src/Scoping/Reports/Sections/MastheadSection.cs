namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>Whose page this is, and which time it covers.</summary>
internal static class MastheadSection
{
    public static void Write(ReportPage page)
    {
        var (story, words) = (page.Story, page.Words);
        page.Html.Open("header", "class", "masthead").Open("p").Element("b", "WhoSaw").Text(" ")
            .Element("span", page.Say("report.kind"));
        if (story.First is { } first && story.Last is { } last)
            page.Html.Text(" ").Element("span",
                page.Say("report.period", page.Moments.Period(first, last), page.Moments.ZoneName));
        page.Html.Text(" ").Element("span",
            $"{words.Count("lines", story.Lines)} · {words.Count("files", story.Files)} · "
            + words.Count("streams", story.Streams)).Close()
            .Element("button", page.Say("report.theme"), "id", "theme", "type", "button", "hidden", "hidden").Close();
    }
}
