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
        var html = page.Html;
        html.Open("section").Element("h2", page.Say("report.coverage"));
        html.Element("p", page.Say("report.coverage-meaning"), "class", "note");
        CoverageCalendar.Write(page);
        if (page.Story.Gaps.Count == 0)
            html.Element("p", page.Say("report.no-gaps"));
        else
            WriteGaps(page);
        html.Close();
    }

    private static void WriteGaps(ReportPage page)
    {
        var (gaps, moments) = (page.Story.Gaps, page.Moments);
        var rows = gaps.Take(MostGaps).Select(gap => (Gap: gap, Hidden: Hidden(page, gap))).ToList();
        var isEstimated = rows.Exists(row => row.Hidden.Length > 0);
        IEnumerable<T> Shown<T>(T stream, T from, T to, T hidden, T reason) =>
            isEstimated ? [stream, from, to, hidden, reason] : [stream, from, to, reason];
        page.Table(page.Say("report.gaps"),
            [
                .. Shown("column.stream", "column.from", "column.to", "column.may-hide", "column.reason")
                    .Select(key => new Heading(page.Say(key))),
            ],
            rows.Select(row => (IReadOnlyList<string>)
            [
                .. Shown(row.Gap.Stream, moments.Moment(row.Gap.From), moments.Moment(row.Gap.To), row.Hidden,
                    page.Words.Translate(row.Gap.Reason)),
            ]));
        if (gaps.Count > MostGaps)
            page.Html.Element("p", page.Say("report.gaps-more", Words.Number((long)gaps.Count - MostGaps)), "class",
                "note");
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
