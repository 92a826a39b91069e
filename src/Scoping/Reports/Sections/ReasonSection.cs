using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports.Charts;

namespace WhoSaw.Scoping.Reports.Sections;

/// <summary>
/// Why it is believed and who it was: the evidence with its comparison, the actors, how many people they saw.
/// </summary>
internal static class ReasonSection
{
    public static void Write(ReportPage page, FindingStory story)
    {
        var (html, words, finding) = (page.Html, page.Words, story.Finding);
        html.Open("section").Element("h2", page.Say("report.why"));
        if (finding.Why.Length > 0 && words.Translate(finding.Why) is var why
            && (words.Language == Language.English || why != finding.Why))
            html.Element("p", why, "class", "note");
        WriteEvidence(page, story.Evidence.Count > 0 ? story.Evidence : finding.Evidence);
        if (story.Suspicion is { Points.Count: > 1 } suspicion)
            WriteSuspicion(page, suspicion);
        html.Element("h2", page.Say("report.who"));
        html.Open("ul", "class", "who");
        foreach (var line in story.Who.DefaultIfEmpty(page.Say("report.actor", finding.ActorKind, finding.ActorValue)))
            html.Element("li", words.Translate(line));
        html.Close();
        if (story.Breadth is { Points.Count: > 0 } breadth)
            WriteBreadth(page, breadth);
        html.Close();
    }

    private static void WriteEvidence(ReportPage page, IReadOnlyList<Evidence> evidence)
    {
        if (evidence.Count == 0)
            return;
        var said = evidence.Select(reason => new Evidence(page.Words.Translate(reason.What),
            page.Words.Translate(reason.Here), page.Words.Translate(reason.Elsewhere))).ToList();
        page.Html.Element("h3", page.Say("report.chart-evidence"));
        EvidenceChart.Write(page, said, evidence);
        page.Table(page.Say("report.chart-evidence"),
            [new(page.Say("column.what")), new(page.Say("column.here"), "n"), new(page.Say("column.elsewhere"), "n")],
            said.Select(reason => new[] { reason.What, reason.Here, reason.Elsewhere }), quiet: true);
    }

    private static void WriteSuspicion(ReportPage page, SuspicionStory suspicion)
    {
        page.Html.Element("h3", page.Say("report.chart-suspicion"));
        SuspicionChart.Write(page, suspicion);
        page.Html.Open("details").Element("summary", page.Say("report.numbers"));
        page.Table(page.Say("report.chart-suspicion"),
            [new(page.Say("column.time")), new(page.Say("column.evidence"), "n")],
            suspicion.Points.Select(point => new[]
            {
                page.Moments.Exact(point.Time), point.Evidence.ToString("#,0.0", CultureInfo.InvariantCulture),
            }));
        page.Html.Close();
    }

    private static void WriteBreadth(ReportPage page, BreadthStory breadth)
    {
        page.Html.Element("h3", page.Say("report.breadth"));
        page.Html.Element("p", page.Say("report.breadth-text", page.Say("report.window." + breadth.Window),
            Words.Number(breadth.Threshold)), "class", "note");
        BreadthChart.Write(page, breadth);
        page.Html.Open("details").Element("summary", page.Say("report.numbers"));
        page.Table(page.Say("report.breadth"),
            [new(page.Say("column.actor")), new(page.Say("column.people"), "n"), new(page.Say("column.finding"))],
            breadth.Points.OrderByDescending(point => point.People).Select(point => new[]
            {
                point.Actor, Words.Number(point.People),
                page.Say(point.Found ? "report.breadth-found" : "report.breadth-peer"),
            }));
        page.Html.Close();
    }
}
