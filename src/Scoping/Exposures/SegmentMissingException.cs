using WhoSaw.Ledger;

namespace WhoSaw.Scoping.Exposures;

/// <summary>
/// The log of the ledger names a segment that is not there: no scope may be computed from what is left.
/// </summary>
public sealed class SegmentMissingException(SegmentEntry segment)
    : IOException($"segment {segment.Name} ({segment.Rows} records, sha256 {segment.Sha256}) is in "
        + "the ledger's log but not on disk")
{
    public SegmentEntry Segment { get; } = segment;
}
