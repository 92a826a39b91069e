using WhoSaw.Scoping.Reports.Charts;

namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>What the logs can show at all: a calendar of streams and days, and every gap by name.</summary>
internal static class CoverageSection
{
    private const int MostGaps = 100;

    public static void Write(ReportPage page)
    {
        if (page.Story.Coverage.Count == 0 && page.Story.Gaps.Count == 0)
            return;
        var (html, moments) = (page.Html, page.Moments);
        html.Open("section").Element("h2", page.Say("report.coverage"));
        html.Element("p", page.Say("report.coverage-meaning"), "class", "note");
        CoverageCalendar.Write(page);
        if (page.Story.Gaps.Count == 0)
            html.Element("p", page.Say("report.no-gaps"));
        else
            page.Table(page.Say("report.gaps"),
                [
                    new(page.Say("column.stream")), new(page.Say("column.from")), new(page.Say("column.to")),
                    new(page.Say("column.may-hide")), new(page.Say("column.reason")),
                ],
                page.Story.Gaps.Take(MostGaps).Select(gap => new[]
                {
                    gap.Stream, moments.Moment(gap.From), moments.Moment(gap.To), Hidden(page, gap),
                    page.Words.Translate(gap.Reason),
                }));
        html.Close();
    }

    private static string Hidden(ReportPage page, GapStory gap)
    {
        var known = page.Story.Findings.SelectMany(finding => finding.Gaps)
            .Append(gap).FirstOrDefault(other => other.Stream == gap.Stream && other.From == gap.From
                && other.LikelyViews is not null);
        return known is { LikelyViews: { } likely, AtMostViews: { } most }
            ? $"≈ {Words.Number(likely)} {page.Say("report.unknown-views", Words.Number(most))}"
            : "";
    }
}
