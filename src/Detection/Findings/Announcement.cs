using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>
/// Work that was announced beforehand: this principal reads much in this stretch, and why. It explains how much is
/// read, and nothing else: not from where, not with what, and not decoys.
/// </summary>
/// <param name="Operation">The only operation that is announced; empty for any.</param>
public sealed record Announcement(string Principal, EventTime From, EventTime To, string Reason, string Operation = "")
{
    // The clocks of the machines that log are not the clock by which it was announced.
    private const long ClockSkew = EventTime.Minute;

    private static readonly string[] OfVolume = ["breadth", "peer", "dormant-accounts", "walk", "shift"];

    /// <summary>The finding as a note with the reason, where it says no more than was announced.</summary>
    public static Finding Explain(Finding finding, IReadOnlyList<Announcement> announcements)
    {
        var announced = announcements.FirstOrDefault(announcement => announcement.Explains(finding));
        return announced is null ? finding : finding with
        {
            Severity = Severity.Info,
            Title = finding.Title + ", as announced",
            Evidence =
            [
                .. finding.Evidence,
                new Evidence("announced", announced.Reason, $"{announced.From} to {announced.To}"),
            ],
        };
    }

    private bool Explains(Finding finding) =>
        OfVolume.Contains(finding.Detector) && finding.ActorKind == "principal" && finding.ActorValue == Principal
        && finding.First >= From.Plus(-ClockSkew) && finding.Last <= To.Plus(ClockSkew)
        && (Operation.Length == 0
            || finding.Where.Contains("operation = " + Literals.Text(Operation), StringComparison.Ordinal));
}
