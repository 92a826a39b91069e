using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>A finding that an earlier run raised already goes on under its id; a new one gets the next.</summary>
internal static class FindingContinuation
{
    /// <param name="withdrawn">Findings that stand no longer: their ids are not given again.</param>
    public static IReadOnlyList<Finding> Of(
        IReadOnlyList<Finding> earlier, IReadOnlyList<Finding> withdrawn, IReadOnlyList<Finding> found)
    {
        var next = earlier.Concat(withdrawn).Select(finding => FindingNumber.Of(finding.Id)).DefaultIfEmpty().Max();
        return [.. found.Select(finding =>
        {
            var known = earlier.FirstOrDefault(e => IsSame(e, finding));
            return known is null
                ? finding with { Id = FindingNumber.ToId(++next) }
                : finding with
                {
                    Id = known.Id,
                    Raised = Earlier(known.Raised, finding.Raised),
                    First = Earlier(known.First, finding.First),
                    Last = known.Last > finding.Last ? known.Last : finding.Last,
                };
        })];
    }

    /// <summary>Whether two runs say the same thing.</summary>
    public static bool IsSame(Finding one, Finding other) =>
        one.Detector == other.Detector && one.Where == other.Where
        && (other.Where.Length > 0 || one.ActorValue == other.ActorValue);

    private static EventTime Earlier(EventTime one, EventTime other) => one < other ? one : other;
}
