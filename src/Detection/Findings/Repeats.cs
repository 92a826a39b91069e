using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>
/// What an employee reads is held against several measures, and one theft is beyond more than one of them: the finding
/// that has the reads of another in it, and says it no later, takes that one's reasons over.
/// </summary>
internal static class Repeats
{
    private const string Operation = " and operation = '";

    private static readonly string[] OfStaff = ["dormant-accounts", "peer"];

    public static IReadOnlyList<Finding> Join(IReadOnlyList<Finding> findings)
    {
        var staff = findings.Where(finding => OfStaff.Contains(finding.Detector)).ToList();
        // The first of two that say the same stays.
        var repeats = staff.Where((finding, place) => staff.Where((other, at) =>
            at != place && Tells(other, finding) && (at < place || !Tells(finding, other))).Any()).ToList();
        return repeats.Count == 0 ? findings :
        [
            .. findings.Where(finding => !repeats.Contains(finding)).Select(finding => finding with
            {
                Evidence =
                [
                    .. finding.Evidence,
                    .. repeats.Where(repeat => Tells(finding, repeat)).SelectMany(repeat => repeat.Evidence),
                ],
            }),
        ];
    }

    private static bool Tells(Finding finding, Finding other) =>
        OfStaff.Contains(finding.Detector) && OfStaff.Contains(other.Detector)
        && HeadOf(finding) is { } head && head == HeadOf(other)
        && finding.First <= other.First && finding.Last >= other.Last && finding.Raised <= other.Raised;

    /// <summary>The principal and the operation of a predicate that names both.</summary>
    private static string? HeadOf(Finding finding)
    {
        var operation = finding.Where.IndexOf(Operation, StringComparison.Ordinal);
        var end = operation < 0 ? -1 : finding.Where.IndexOf('\'', operation + Operation.Length);
        return end < 0 ? null : finding.Where[..end];
    }
}
