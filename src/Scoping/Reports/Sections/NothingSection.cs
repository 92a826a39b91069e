namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>
/// Nothing found, which is not the same as nothing happened: what was looked for stands beside what was not seen.
/// </summary>
internal static class NothingSection
{
    public static void Write(ReportPage page)
    {
        var (html, words, story) = (page.Html, page.Words, page.Story);
        var title = story.Open.Count > 0 ? "report.nothing-new"
            : story.Findings.Count == 0 ? "report.nothing" : "report.nothing-of-theft";
        html.Open("section", "class", "summary").Element("h1", words.Say(title), "class", "sentence");
        html.Element("p", words.Say("nothing.meaning"), "class", "lede").Open("div", "class", "ledger");
        foreach (var finding in story.Open)
            html.Element("p", words.Say("open", finding.Id, words.Title(finding)), "class", "loud");
        html.Open("div", "class", "known").Element("h3", page.Say("report.looked")).Open("ul");
        foreach (var detector in story.LookedFor)
            html.Element("li", words.SayOr("detector." + detector, detector));
        html.Close().Element("p", words.Say("accesses", words.Count("accesses.count", story.Accesses),
            words.Count("accounts", story.Accounts)) + ".").Close();
        html.Open("div", "class", "unknown").Element("h3", page.Say("report.not-seen"));
        var unknown = story.NotSeen.Select(words.Translate)
            .Concat(StoryText.Unknown(story, words, page.Moments)).ToList();
        foreach (var sentence in unknown)
            html.Element("p", sentence);
        if (unknown.Count == 0)
            html.Element("p", page.Say("report.unknown-none"));
        html.Close().Close().Close();
    }
}
