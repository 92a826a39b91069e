namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>How the numbers came about, by which version, from which state of the ledger.</summary>
internal static class MethodSection
{
    public static void Write(ReportPage page)
    {
        var (html, words, story) = (page.Html, page.Words, page.Story);
        html.Open("section").Element("h2", page.Say("report.method"));
        html.Element("p", page.Say("report.method-time", page.Moments.ZoneName));
        html.Element("p", page.Say("report.method-numbers")).Open("dl", "class", "facts");
        Fact(html, page.Say("report.version"), [story.Version]);
        Fact(html, page.Say("report.configuration"), [story.ConfigPath ?? page.Say("report.no-configuration")]);
        Fact(html, page.Say("report.ledger"), [story.LedgerPath ?? page.Say("report.no-ledger")]);
        Fact(html, page.Say("report.looked"), story.LookedFor.Select(name => words.SayOr("detector." + name, name)));
        Fact(html, page.Say("report.not-seen"), story.NotSeen.Select(words.Translate));
        Fact(html, page.Say("report.assumed"), story.Assumptions.Select(words.Translate));
        Fact(html, page.Say("report.notices"), story.Notices.Select(words.Translate));
        html.Close().Element("h3", page.Say("report.checkpoint"));
        if (story.Checkpoint is { } checkpoint)
            html.Element("p", page.Say("report.checkpoint-meaning"), "class", "note")
                .Element("pre", checkpoint.Trim('\n'));
        else
            html.Element("p", page.Say("report.checkpoint-none"));
        html.Close();
    }

    private static void Fact(HtmlWriter html, string name, IEnumerable<string> values)
    {
        var lines = values.ToList();
        if (lines.Count == 0)
            return;
        html.Element("dt", name);
        foreach (var line in lines)
            html.Element("dd", line);
    }
}
