using System.Globalization;
using WhoSaw.Cli.Outputs;
using WhoSaw.Records;

namespace WhoSaw.EndToEnd.Tests.Outputs;

internal static class SomeFinding
{
    public static RaisedFinding Of(
        string id = "F1", Severity severity = Severity.High, string why = "far more than ever before") => new(
        new Finding
        {
            Id = id,
            Kind = FindingKind.Access,
            Detector = "outflow",
            Severity = severity,
            Raised = At("2025-04-14T03:05:00Z"),
            First = At("2025-04-14T03:00:00Z"),
            Last = At("2025-04-14T04:00:00Z"),
            Title = "A \"session\" took too much [rows]",
            Why = why,
            Evidence = [new Evidence("rows", "50,000", "median 50")],
            ActorKind = "principal",
            ActorValue = "admin",
            Where = "principal = 'admin'",
            Technique = "T1213.006",
            Samples = [new RecordLocation("db.log", 42)],
        }, IsKnown: false, Accounts: 7, Views: 9);

    private static EventTime At(string text) =>
        EventTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
