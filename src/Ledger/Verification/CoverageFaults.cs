using System.Collections.Concurrent;
using ParquetSharp;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Counts the lines in the segments again, by stream, minute, operation and outcome, and holds them against the totals.
/// Of a stretch from which records were removed or erased the totals may count more, never less.
/// </summary>
internal static class CoverageFaults
{
    /// <summary>What differs, at most a few of them, each with how many more there are like it.</summary>
    public static IEnumerable<LedgerFault> Of(
        string directory, JournalState state, HashSet<string> broken, VerificationOptions options)
    {
        if (state.Totals.Any(file => broken.Contains(file.Name))
            || state.Segments.Any(segment => broken.Contains(segment.Name)))
            yield break;
        var lines = new ConcurrentBag<Dictionary<TotalKey, long>>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        Parallel.ForEach(state.Segments, parallel, segment =>
            lines.Add(SegmentLines.Read(Path.Combine(directory, segment.Name), segment.Name)));
        var left = new Dictionary<TotalKey, long>();
        foreach (var (key, count) in lines.SelectMany(each => each))
            left[key] = left.GetValueOrDefault(key) + count;
        foreach (var file in state.Totals)
            foreach (var row in Coverage.ReadFile(Path.Combine(directory, file.Name), file.Name))
            {
                var key = new TotalKey(row.Source, row.Stream, row.Minute, row.Operation, row.Outcome);
                left[key] = left.GetValueOrDefault(key) - row.Lines;
            }
        var wrong = left.Where(each => IsWrong(each.Key, each.Value, state))
            .OrderBy(each => each.Key.Minute).ThenBy(each => each.Key.Stream, StringComparer.Ordinal).ToList();
        if (wrong.Count == 0)
            yield break;
        var ((_, stream, minute, operation, _), difference) = wrong[0];
        yield return new LedgerFault(
            $"the totals of {stream} count {Math.Abs(difference)} lines {(difference > 0 ? "less" : "more")} of "
            + $"{operation} at {EventTime.FromMinute(minute)} than the segments hold"
            + (wrong.Count > 1 ? $", and {wrong.Count - 1} other minutes differ" : ""));
    }

    // A line about several people may be cut by the end of a segment, and is then seen once in each.
    private static bool IsWrong(TotalKey key, long difference, JournalState state)
    {
        var (from, to) = (EventTime.FromMinute(key.Minute), EventTime.FromMinute(key.Minute + 1));
        if (difference > 0)
            return difference > state.Segments.Count(segment => segment.First < to && segment.Last >= from) - 1;
        return difference < 0 && key.Operation is not null
            && !state.Thinned.Exists(thin => thin.First < to && thin.Last >= from);
    }
}

/// <summary>What totals are counted by.</summary>
internal readonly record struct TotalKey(
    string Source, string Stream, long Minute, string? Operation, Outcome Outcome);
