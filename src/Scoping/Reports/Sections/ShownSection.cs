namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>
/// Which data was shown: by operation and by kind; the predicate and a few records for those who check.
/// </summary>
internal static class ShownSection
{
    public static void Write(ReportPage page, FindingStory story)
    {
        if (story.Operations.Count + story.Categories.Count + story.Finding.Samples.Count == 0)
            return;
        var (html, words, finding) = (page.Html, page.Words, story.Finding);
        html.Open("section").Element("h2", page.Say("report.what")).Open("div", "class", "pair");
        if (story.Operations.Count > 0)
            page.Table(page.Say("report.by-operation"),
                [
                    new(page.Say("column.operation")), new(page.Say("column.accounts"), "n"),
                    new(page.Say("column.views"), "n"), new(page.Say("column.shows")),
                ],
                story.Operations.Select(row => new[]
                {
                    row.Name, Words.Number(row.Accounts), Words.Number(row.Views), words.Categories(row.Fields),
                }));
        if (story.Categories.Count > 0)
            page.Table(page.Say("report.by-category"),
                [
                    new(page.Say("column.category")), new(page.Say("column.accounts"), "n"),
                    new(page.Say("column.views"), "n"),
                ],
                story.Categories.Select(row => new[]
                {
                    words.Category(row.Category), Words.Number(row.Accounts), Words.Number(row.Views),
                }));
        html.Close();
        WritePredicate(page, finding);
        html.Close();
    }

    private static void WritePredicate(ReportPage page, Records.Finding finding)
    {
        var html = page.Html;
        if (finding.Where.Length > 0)
            html.Open("p", "class", "note").Element("b", page.Say("report.where")).Text(" ")
                .Element("code", finding.Where).Close();
        if (finding.Technique.Length > 0)
            html.Element("p", page.Say("report.technique", finding.Technique), "class", "note");
        if (finding.Samples.Count == 0)
            return;
        page.Table(page.Say("report.samples"),
            [new(page.Say("column.file"), "c"), new(page.Say("report.offset"), "n")],
            finding.Samples.Select(sample => new[] { sample.File, Words.Number(sample.Offset) }));
    }
}
