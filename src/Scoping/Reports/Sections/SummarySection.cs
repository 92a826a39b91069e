using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>The sentence, the three numbers, and, as large as they, what is not known.</summary>
internal static class SummarySection
{
    private const long LongNumber = 1_000_000;

    public static void Write(ReportPage page, FindingStory story, bool isFirst)
    {
        var (html, words, finding) = (page.Html, page.Words, story.Finding);
        html.Open("section", "class", "summary", "id", finding.Id);
        html.Open("p", "class", "badge " + StoryText.Name(finding.Severity))
            .Element("b", words.Say(StoryText.LabelKey(finding))).Text(" ")
            .Element("span", $"{words.Say("severity." + StoryText.Name(finding.Severity))} · {finding.Id}").Close();
        html.Element(isFirst ? "h1" : "h2", words.Title(finding), "class", "sentence");
        html.Open("p", "class", "lede").Text(Lede(page, story)).Close();
        html.Open("div", "class", "ledger");
        WriteKnown(page, story);
        WriteUnknown(page, story, isFirst);
        html.Close().Close();
    }

    private static string Lede(ReportPage page, FindingStory story)
    {
        var moments = page.Moments;
        var seen = page.Say("report.lede",
            moments.Moment(story.Finding.First), moments.Moment(story.Finding.Last), moments.ZoneName);
        var (day, clock) = (moments.Day(moments.DayOf(story.Finding.Raised)), moments.Clock(story.Finding.Raised));
        var raised = story.AccountsBeforeAlarm > 0
            ? page.Say("report.lede-raised", day, clock, page.Words.Count("accounts", story.AccountsBeforeAlarm))
            : page.Say("report.lede-raised-first", day, clock);
        return seen + " " + raised;
    }

    private static void WriteKnown(ReportPage page, FindingStory story)
    {
        var html = page.Html;
        html.Open("div", "class", "known").Element("h3", page.Say("report.known"))
            .Open("dl", "class", story.Views >= LongNumber ? "figures long" : "figures");
        Figure(html, Words.Number(story.Accounts), page.Say("report.accounts"));
        if (story.PeopleBounds is (var least, null))
            Figure(html, Words.Number(least), page.Say("report.people-at-least"));
        else if (story.PeopleBounds is (var low, { } high) && low < high)
            Figure(html, Words.Number(low), page.Say("report.people-bounds", Words.Number(high)));
        else if ((story.PeopleBounds?.Low ?? story.People) is { } people)
            Figure(html, Words.Number(people), page.Say("report.people"));
        else
            Figure(html, "?", page.Say("report.people-none"));
        Figure(html, Words.Number(story.Views), page.Say("report.views"));
        html.Close();
        if (story.Fields.Count > 0)
            html.Open("p", "class", "fields").Element("b", page.Say("report.shown")).Text(" ")
                .Text(page.Words.Categories(story.Fields)).Close();
        if (story.Canaries is { } canaries && canaries.Agrees)
            html.Element("p", StoryText.Canaries(canaries, page.Words) + ".");
        html.Close();
    }

    private static void WriteUnknown(ReportPage page, FindingStory story, bool isFirst)
    {
        var (html, words, moments) = (page.Html, page.Words, page.Moments);
        html.Open("div", "class", "unknown").Element("h3", page.Say("report.unknown"));
        html.Open("dl", "class", "figures");
        foreach (var gap in story.Gaps.Take(3))
        {
            var hours = Hours(gap.To - gap.From, words);
            if (gap.LikelyViews is { } likely && gap.AtMostViews is { } most)
                Figure(html, "≈ " + Words.Number(likely), page.Say("report.unknown-views", Words.Number(most)));
            else
                Figure(html, hours, page.Say("report.unknown-gap"));
        }
        html.Close();
        var sentences = isFirst
            ? StoryText.Unknown(page.Story, words, moments)
            : [.. story.Gaps.Select(gap => StoryText.Gap(gap, words, moments))];
        foreach (var sentence in sentences.Take(6))
            html.Element("p", sentence);
        if (sentences.Count == 0)
            html.Element("p", page.Say("report.unknown-none"));
        if (story.Canaries is { } canaries && !canaries.Agrees)
        {
            html.Element("p", StoryText.Canaries(canaries, words) + ".");
            html.Element("p", words.Say("canaries.disagree", Words.Number(story.Accounts)), "class", "loud");
        }
        html.Close();
    }

    internal static string Hours(long microseconds, Words words)
    {
        var minutes = microseconds / EventTime.Minute;
        return minutes % 60 == 0 ? words.Count("hours", minutes / 60) : words.Count("minutes", minutes);
    }

    // the number comes first for the eye; a description list wants the term first, so the order is turned by the style
    private static void Figure(HtmlWriter html, string number, string unit) =>
        html.Open("div").Element("dt", unit).Element("dd", number).Close();
}
