namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>Every file that was read, with the digest by which it is known again.</summary>
internal static class SourcesSection
{
    private const int Most = 400;

    public static void Write(ReportPage page)
    {
        var (story, words) = (page.Story, page.Words);
        page.Html.Open("section").Element("h2", page.Say("report.sources"));
        page.Html.Element("p", page.Say("report.sources-total", words.Count("lines", story.Lines),
            words.Count("files", story.Files), words.Count("rejected", story.Rejected)), "class", "note");
        if (story.RejectReasons.Count > 0)
            page.Html.Element("p", string.Join(", ", story.RejectReasons.Select(reason =>
                words.Say("reject", Words.Number(reason.Count), words.Translate(reason.Reason)))), "class", "note");
        if (story.Sources.Count > 0)
            page.Table(page.Say("report.sources"),
                [
                    new(page.Say("column.file"), "c"), new(page.Say("column.stream")),
                    new(page.Say("column.lines"), "n"), new(page.Say("column.records"), "n"),
                    new(page.Say("column.rejects"), "n"), new(page.Say("column.size"), "n"),
                    new(page.Say("column.digest"), "c digest"),
                ],
                story.Sources.Take(Most).Select(source => new[]
                {
                    source.File + (source.Truncated ? $" ({page.Say("report.truncated")})" : ""), source.Stream,
                    Words.Number(source.Lines), Words.Number(source.Records), Words.Number(source.Rejects),
                    Words.Number(source.Size), source.Sha256,
                }), quiet: true);
        if (story.Sources.Count > Most)
            page.Html.Element("p", page.Say("report.sources-more", Words.Number((long)(story.Sources.Count - Most))));
        page.Html.Close();
    }
}
