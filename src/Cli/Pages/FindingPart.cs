using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>One finding about people's data.</summary>
internal static class FindingPart
{
    private const string Between = "  ";

    public static void Write(PageWriter page, FindingStory story, Words words, Moments moments, bool scoped)
    {
        var finding = story.Finding;
        var tone = finding.Severity >= Severity.High ? Tone.Alarm : Tone.Warning;
        var label = words.Say(StoryText.LabelKey(finding));
        var right = $"{words.Say("severity." + StoryText.Name(finding.Severity))} · {finding.Id}";
        var titleWidth = page.Width - CellText.Width(label) - 4 - CellText.Width(right);
        var title = CellText.Wrap(CellText.Clean(words.Title(finding)), Math.Max(20, titleWidth));
        page.Split([new Span(label, tone), Between, new Span(title[0], Tone.Strong)], [new Span(right, tone)]);
        foreach (var more in title.Skip(1))
            page.Line(new string(' ', CellText.Width(label) + 2), new Span(more, Tone.Strong));
        page.Rule();
        // of what lies in a log the reasons say how much
        if (finding.Kind != FindingKind.Spill && (scoped || story.Accounts > 0))
            WriteNumbers(page, story, words);
        WriteTimes(page, story, words, moments);
        WriteReasons(page, story, words);
        WriteDays(page, story, words, moments);
    }

    private static void WriteNumbers(PageWriter page, FindingStory story, Words words)
    {
        var numbers = StoryText.Numbers(story, words);
        var fields = words.Categories(story.Fields);
        if (fields.Length == 0)
        {
            page.Text(numbers, Tone.Strong);
            return;
        }
        if (CellText.Width(numbers) + 5 + CellText.Width(fields) <= page.Width)
        {
            page.Line(new Span(numbers, Tone.Strong), "     ", fields);
            return;
        }
        page.Text(numbers, Tone.Strong);
        page.Text(fields);
    }

    private static void WriteTimes(PageWriter page, FindingStory story, Words words, Moments moments)
    {
        page.Flow([.. StoryText.Times(story, words, moments).Select(part => new Span(part))]);
        page.Text(StoryText.Alarm(story, words, moments));
    }

    private static void WriteReasons(PageWriter page, FindingStory story, Words words)
    {
        var (why, who, check) = (words.Say("label.why"), words.Say("label.who"), words.Say("label.check"));
        var width = new[] { why, who, check }.Max(CellText.Width) + 2;
        page.Blank();
        EvidencePart.Write(page, new Span(why, Tone.Dim), width, story, words);
        for (var i = 0; i < story.Who.Count; i++)
            page.Labelled(new Span(i == 0 ? who : "", Tone.Dim), width, words.Translate(story.Who[i]));
        if (story.Canaries is not { } canaries)
            return;
        page.Labelled(new Span(check, Tone.Dim), width, StoryText.Canaries(canaries, words));
        if (!canaries.Agrees)
            page.Labelled("", width, words.Say("canaries.disagree", Words.Number(story.Accounts)), Tone.Alarm);
    }

    private static void WriteDays(PageWriter page, FindingStory story, Words words, Moments moments)
    {
        if (story.PerDay.Count < 2 || story.Accounts == 0)
            return;
        page.Blank();
        var label = words.Say("label.accounts-a-day") + Between;
        var line = Sparkline.Of([.. story.PerDay.Select(day => day.Accounts)], page.Width - CellText.Width(label));
        var peak = story.PerDay.MaxBy(day => day.Accounts)!;
        var about = words.Say("peak", Words.Number(peak.Accounts), moments.Day(peak.Day));
        if (line.DaysPerBar > 1)
            about += "; " + words.Say("days-a-bar", line.DaysPerBar);
        Span[] bars = [new Span(label, Tone.Dim), new Span(line.Bars, Tone.Alarm)];
        if (bars.Sum(span => span.Width) + 3 + CellText.Width(about) <= page.Width)
            page.Line([.. bars, "   ", new Span(about, Tone.Dim)]);
        else
        {
            page.Line(bars);
            page.Line(new string(' ', CellText.Width(label)), new Span(about, Tone.Dim));
        }
    }
}
