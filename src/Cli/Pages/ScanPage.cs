using Spectre.Console;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>
/// What <c>whosaw scan</c> says to a person: what was read, each finding with its numbers and reasons, what cannot be
/// told, and the next command. The same words with colour and without.
/// </summary>
internal static class ScanPage
{
    public static void Write(IAnsiConsole console, ScanStory story, Language language)
    {
        var words = Words.For(language);
        var page = new PageWriter(console);
        var moments = new Moments(words, story.Zone, story.First, story.Last);

        page.Blank();
        ScanHeading.Write(page, story, words, moments);
        if (story.ConfigPath is null)
            AssumedPart.Write(page, story, words);
        var told = story.Findings.Where(finding => finding.IsToldInFull)
            .OrderByDescending(finding => finding.Finding.Severity).ToList();
        foreach (var finding in told)
        {
            page.Blank();
            FindingPart.Write(page, finding, words, moments, story.LedgerPath is not null);
        }
        if (told.Count == 0)
            NothingPart.Write(page, story, words);
        RemarkPart.Write(page, story, words, moments);
        WriteNext(page, story, words);
        page.Blank();
    }

    private static void WriteNext(PageWriter page, ScanStory story, Words words)
    {
        var commands = CommandText.Next(story);
        if (commands.Count == 0)
            return;
        page.Blank();
        var label = words.Say("label.next");
        var width = CellText.Width(label) + 2;
        for (var i = 0; i < commands.Count; i++)
        {
            var name = CellText.PadRight(i == 0 ? label : "", width);
            page.Line(new Span(name, Tone.Dim), new Span(CellText.Clean(commands[i]), Tone.Command));
        }
    }
}
