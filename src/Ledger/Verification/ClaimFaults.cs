using System.Security.Cryptography;
using System.Text;
using ParquetSharp;

namespace WhoSaw.Ledger;

/// <summary>What entries say about the content of files whose digests are right.</summary>
internal static class ClaimFaults
{
    public static string? Of(string directory, JournalState state, JournalEntry entry, HashSet<string> broken)
    {
        bool IsWhole(string name) => state.Counts(name) && !broken.Contains(name);
        return entry switch
        {
            SegmentAdded segment when IsWhole(segment.Name) => Segment(directory, segment.ToSegment()),
            FileRewritten { NewName: { } name } when IsWhole(name) && LedgerLayout.IsSegment(name) =>
                Segment(directory, state.Segments.First(segment => segment.Name == name)),
            SegmentsCompacted compacted when IsWhole(compacted.Name) => Segment(directory, compacted.ToSegment()),
            OriginalKept kept when IsWhole(kept.Name) => Original(directory, kept),
            CoverageAdded totals when IsWhole(totals.Name) => Totals(directory, totals),
            _ => null,
        };
    }

    /// <summary>Holds the line of each finding against its entry.</summary>
    public static IEnumerable<LedgerFault> OfFindings(
        string directory, JournalState state, List<JournalEntry> entries, HashSet<string> broken)
    {
        var lines = new Dictionary<int, HashSet<string>>();
        foreach (var (kind, commit, stamp) in state.Files)
            if (kind == FileKind.Findings && !broken.Contains(stamp.Name))
                lines[commit] = [.. File.ReadLines(Path.Combine(directory, stamp.Name)).Select(
                    line => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line))))];
        for (var number = 0; number < entries.Count; number++)
            if (entries[number] is FindingRaised raised && lines.TryGetValue(raised.Commit, out var known)
                && !known.Contains(raised.Sha256))
                yield return new LedgerFault($"finding {raised.Id} is not in the findings of its commit", number);
    }

    private static string? Segment(string directory, SegmentEntry segment)
    {
        try
        {
            using var reader = new ParquetFileReader(Path.Combine(directory, segment.Name));
            if (reader.FileMetaData.NumRows != segment.Rows)
                return $"{segment.Name} holds {reader.FileMetaData.NumRows} records, not {segment.Rows}";
            var (first, last) = (long.MaxValue, long.MinValue);
            for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
            {
                using var columns = reader.RowGroup(group);
                if (columns.MetaData.GetColumnChunkMetaData(0).Statistics is not Statistics<long> times)
                    return null;
                (first, last) = (Math.Min(first, times.Min), Math.Max(last, times.Max));
            }
            return segment.Rows == 0 || (first == segment.First.Microseconds && last == segment.Last.Microseconds)
                ? null
                : $"{segment.Name} is of another time than its entry says";
        }
        catch (ParquetException)
        {
            return $"{segment.Name} does not read as Parquet";
        }
    }

    private static string? Original(string directory, OriginalKept kept) =>
        kept.Name == LedgerLayout.Original(OriginalFile.ContentDigest(Path.Combine(directory, kept.Name)) ?? "")
            ? null
            : $"{kept.Name} does not hold the log that its name says";

    private static string? Totals(string directory, CoverageAdded totals)
    {
        var rows = Coverage.ReadFile(Path.Combine(directory, totals.Name), totals.Name);
        var lines = rows.Sum(row => row.Lines);
        return rows.Count == totals.Rows && lines == totals.Lines
            ? null
            : $"{totals.Name} counts {lines} lines, not {totals.Lines}";
    }
}
