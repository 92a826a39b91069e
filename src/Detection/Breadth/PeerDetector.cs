using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Limits;
using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// An employee or a service account reads far more people than its role does, or, where it is alone in it, than it
/// did itself before: in one stretch of time (<see cref="BreadthDetector"/> counts), or day after day.
/// </summary>
internal sealed class PeerDetector(
    DetectionContext context, BreadthDetector breadth, BreadthOptions breadthOptions, SurplusOptions options) : Detector
{
    public override string Name => "peer";
    internal override int StateVersion => 2;
    internal override IEnumerable<MemoryLimit> Limits => [breadth.Counts.Staff.Limit];

    public override void Observe(AccessBatch batch)
    {
    }

    public override IEnumerable<Finding> Conclude() => breadth.Report(staff: true, Name).Concat(Surpluses())
        .OrderBy(finding => finding.Raised).ThenBy(finding => finding.Where, StringComparer.Ordinal);

    public override void Save(BinaryWriter state) => breadth.Counts.Staff.Save(state, context.Catalog);

    public override void Restore(BinaryReader state) => breadth.Counts.Staff.Restore(state, context.Catalog);

    private IEnumerable<Finding> Surpluses()
    {
        var days = breadth.Counts.Staff.With(breadth.Counts.OpenDays());
        var floor = breadthOptions.Floor(ReaderKind.Principal, CountingSpan.Day);
        foreach (var operation in days.Roles.Keys.Order())
        {
            var found = new Surplus(days.Roles, operation, options, floor, breadthOptions.LeastSpread).Found()
                .Where(surplus => !Causes.Name(surplus.Principal)).ToList();
            if (found.Count == 0)
                continue;
            var above = breadth.Counts.DaysAbove(operation).ToLookup(day => (int)day.Reader.Id, day => day.Window);
            foreach (var surplus in found)
                yield return SurplusReport.Of(
                    context.Catalog, Name, operation, surplus, options, [.. above[surplus.Principal.Index]]);
        }
    }
}
