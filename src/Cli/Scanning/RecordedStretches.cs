using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// What scans with <c>--from</c> and <c>--to</c> recorded: lines of logs that do not count as read, for the rest of
/// them was passed over. Nobody may record the same stretch again.
/// </summary>
internal static class RecordedStretches
{
    /// <summary>Why a stretch of the plan's logs must not be recorded in a ledger; null when it may.</summary>
    public static string? Fault(string ledger, ScanPlan plan, EventTime from, EventTime to)
    {
        if (!LedgerJournal.Exists(ledger))
            return null;
        var entries = LedgerJournal.Read(ledger);
        // a watch states when it committed; what it passed over counts as read
        var wholly = entries.OfType<SourceRead>().Select(read => read.Commit)
            .Concat(entries.OfType<Committed>().Where(each => each.Time is not null).Select(each => each.Commit))
            .ToHashSet();
        var sources = plan.Sources.Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        var again = entries.OfType<SegmentAdded>().FirstOrDefault(segment =>
            !wholly.Contains(segment.Commit) && segment.First < to && segment.Last >= from
            && segment.Sources.Any(sources.Contains));
        return again is null ? null
            : $"{ledger} has records from {again.First} to {again.Last} of a scan with --from or --to, and would have "
                + "them twice: name another stretch, or another ledger for the whole";
    }
}
