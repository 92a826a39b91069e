using ParquetSharp;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// How much a stream logged in one minute, by names. <paramref name="Operation"/> is null where nobody's data was
/// shown.
/// </summary>
/// <param name="Minute">Whole minutes since the epoch, UTC.</param>
public readonly record struct TotalsRow(
    string Source, string Stream, long Minute, string? Operation, Outcome Outcome, long Lines, long Bytes);

/// <summary>A stretch in which the logs of a stream cannot show what happened.</summary>
/// <param name="From">Start of the minute of the last line before: records may be missing from then on.</param>
/// <param name="To">End of the minute of the first line after, or of the source's last minute.</param>
/// <param name="ExpectedLines">How many lines the stream's rhythm would have had in the silent minutes.</param>
public sealed record Gap(
    string Source, string Stream, EventTime From, EventTime To, string Reason, double ExpectedLines);

/// <summary>What the logs in a ledger can show.</summary>
public static class Coverage
{
    private const string NumbersMissingReason = "numbers of the stream's own count are missing";

    /// <summary>
    /// The totals of all commits, in the order in which they were stored. The same key may come once a commit; the
    /// sum counts.
    /// </summary>
    public static IReadOnlyList<TotalsRow> Read(LedgerContents contents)
    {
        var rows = new List<TotalsRow>();
        foreach (var name in contents.Totals)
            Read(contents.PathOf(name), name, rows);
        return rows;
    }

    /// <summary>
    /// The gaps of all streams, by source, stream and time: silences, and numbers that a counting stream lacks.
    /// </summary>
    public static IReadOnlyList<Gap> Gaps(LedgerContents contents) =>
    [
        .. GapFinder.Find(Read(contents), new GapOptions())
            .Concat(contents.NumbersMissing.SelectMany(stream => stream.Holes.Select(hole => new Gap(
                stream.Source, stream.Stream, hole.From, hole.To.Plus(1), NumbersMissingReason,
                hole.Last - hole.First + 1))))
            .OrderBy(gap => gap.Source, StringComparer.Ordinal).ThenBy(gap => gap.Stream, StringComparer.Ordinal)
            .ThenBy(gap => gap.From),
    ];

    internal static IReadOnlyList<TotalsRow> ReadFile(string path, string name)
    {
        var rows = new List<TotalsRow>();
        Read(path, name, rows);
        return rows;
    }

    private static void Read(string path, string name, List<TotalsRow> rows)
    {
        try
        {
            using var reader = new ParquetFileReader(path);
            rows.EnsureCapacity(checked((int)(rows.Count + reader.FileMetaData.NumRows)));
            for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
            {
                using var columns = reader.RowGroup(group);
                var count = checked((int)columns.MetaData.NumRows);
                var (sources, streams) = (Texts(columns, 0, count), Texts(columns, 1, count));
                var minutes = Longs(columns, 2, count);
                var (operations, outcomes) = (Texts(columns, 3, count), Texts(columns, 4, count));
                var (lines, bytes) = (Longs(columns, 5, count), Longs(columns, 6, count));
                for (var row = 0; row < count; row++)
                    rows.Add(new TotalsRow(
                        sources[row], streams[row], minutes[row], operations[row], OutcomeOf(outcomes[row], name),
                        lines[row], bytes[row]));
            }
        }
        catch (ParquetException exception)
        {
            throw new LedgerException($"The ledger is corrupt: {name} does not read as Parquet.", exception);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    private static Outcome OutcomeOf(string text, string name)
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
            if (outcome.Name() == text)
                return outcome;
        throw new LedgerException($"The ledger is corrupt: {name} has an unknown outcome.");
    }

    private static string[] Texts(RowGroupReader columns, int column, int count)
    {
        using var reader = columns.Column(column).LogicalReader<string>();
        return reader.ReadAll(count);
    }

    private static long[] Longs(RowGroupReader columns, int column, int count)
    {
        using var reader = columns.Column(column).LogicalReader<long>();
        return reader.ReadAll(count);
    }
}
