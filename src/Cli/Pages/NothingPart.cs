using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>No theft found: what was looked at, what could not be seen. Never "all is well".</summary>
internal static class NothingPart
{
    public static void Write(PageWriter page, ScanStory story, Words words)
    {
        page.Blank();
        var title = story.Open.Count > 0 ? "nothing.title-new"
            : story.Findings.Count == 0 ? "nothing.title" : "nothing.title-of-theft";
        page.Line(new Span(words.Say(title), story.Open.Count > 0 ? Tone.Warning : Tone.Good));
        page.Rule();
        foreach (var finding in story.Open)
            page.Text(words.Say("open", finding.Id, words.Title(finding)), Tone.Strong);
        page.Text(words.Say("nothing.meaning"));
        page.Blank();
        var (looked, unseen) = (words.Say("label.looked"), words.Say("label.not-seen"));
        var width = Math.Max(CellText.Width(looked), CellText.Width(unseen)) + 2;
        if (story.LookedFor.Count > 0)
        {
            var names = story.LookedFor.Select(name => words.SayOr("detector." + name, name));
            page.Labelled(new Span(looked, Tone.Dim), width, string.Join(", ", names));
        }
        for (var i = 0; i < story.NotSeen.Count; i++)
            page.Labelled(new Span(i == 0 ? unseen : "", Tone.Warning), width, words.Translate(story.NotSeen[i]));
    }
}
