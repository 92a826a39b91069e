using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Pages;

/// <summary>The first lines: what was read, how fast, what could not be read.</summary>
internal static class ScanHeading
{
    private const string Dot = " · ";

    public static void Write(PageWriter page, ScanStory story, Words words, Moments moments)
    {
        var parts = new List<string>
        {
            words.Count("lines", story.Lines), words.Count("files", story.Files), words.Count("streams", story.Streams),
        };
        if (story.First is { } first && story.Last is { } last)
            parts.Add($"{moments.Period(first, last)}, {moments.ZoneName}");
        page.Split([string.Join(Dot, parts)], [new Span(Speed(story, words), Tone.Dim)]);

        var accesses = words.Say("accesses", words.Count("accesses.count", story.Accesses),
            words.Count("accounts", story.Accounts));
        var rejected = words.Count("rejected", story.Rejected);
        if (story.Rejected == 0)
        {
            page.Text(accesses + Dot + rejected);
            return;
        }
        page.Text(accesses);
        var reasons = story.RejectReasons.Select(reason =>
            words.Say("reject", Words.Number(reason.Count), words.Translate(reason.Reason)));
        page.Text(words.Say("rejected.why", rejected, string.Join(", ", reasons)), Tone.Warning);
    }

    private static string Speed(ScanStory story, Words words) => story.Seconds > 0
        ? words.Say("speed", Words.Number(Math.Round(story.Seconds, 1)),
            Words.Number((long)Math.Round(story.Lines / story.Seconds, 0)))
        : "";
}
