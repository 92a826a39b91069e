using WhoSaw.Cli.Outputs;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Cli.Scanning;

/// <summary>What of a run's findings other systems have not been told: new ones, and those that have grown.</summary>
internal static class FindingNews
{
    public static IReadOnlyList<RaisedFinding> Of(ScanOutcome outcome, ScanStory story) =>
    [
        .. story.Findings.Where(each => IsNews(each.Finding, outcome.Before)).Select(each => new RaisedFinding(
            each.Finding, outcome.Before.ContainsKey(each.Finding.Id),
            each.Finding.Kind == FindingKind.Access ? each.Accounts : null,
            each.Finding.Kind == FindingKind.Access ? each.Views : null)),
    ];

    private static bool IsNews(Finding finding, IReadOnlyDictionary<string, Finding> before) =>
        !before.TryGetValue(finding.Id, out var known) || known.Last < finding.Last
        || known.Severity != finding.Severity;
}
