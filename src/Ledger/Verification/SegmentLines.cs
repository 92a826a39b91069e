using System.Runtime.InteropServices;
using WhoSaw.Records;
using TextEncoding = System.Text.Encoding;

namespace WhoSaw.Ledger;

/// <summary>How many lines of the logs stand behind a segment's rows, by what totals are counted by.</summary>
internal static class SegmentLines
{
    private static readonly string[] Outcomes = [.. Enum.GetValues<Outcome>().Select(outcome => outcome.Name())];

    public static Dictionary<TotalKey, long> Read(string path, string name)
    {
        var counts = new Dictionary<TotalKey, long>();
        using var table = new TableReader(path, name);
        for (var group = 0; group < table.Groups; group++)
        {
            table.OpenGroup(group);
            Count(table, counts);
        }
        return counts;
    }

    private static void Count(TableReader table, Dictionary<TotalKey, long> counts)
    {
        var (times, offsets) = (table.Longs("time"), table.Longs("offset"));
        var (sources, streams, files) = (table.Texts("source"), table.Texts("stream"), table.Texts("file"));
        var (operations, outcomes) = (table.Texts("operation"), table.Texts("outcome"));
        var (key, lines) = (default((int, int, long, int, int)), 0L);
        var found = new Dictionary<(int, int, long, int, int), long>();
        for (var row = 0; row < table.Rows; row++)
        {
            if (row > 0 && offsets[row] == offsets[row - 1] && files.Keys[row] == files.Keys[row - 1]
                && times[row] == times[row - 1])
                continue;
            var minute = new EventTime(times[row]).MinuteNumber;
            var next = (sources.Keys[row], streams.Keys[row], minute, operations.Keys[row], outcomes.Keys[row]);
            if (next != key)
            {
                Add();
                (key, lines) = (next, 0);
            }
            lines++;
        }
        Add();
        foreach (var ((source, stream, minute, operation, outcome), sum) in found)
        {
            var whole = new TotalKey(
                Text(sources, source)!, Text(streams, stream)!, minute, Text(operations, operation),
                (Outcome)Array.IndexOf(Outcomes, Text(outcomes, outcome)));
            counts[whole] = counts.GetValueOrDefault(whole) + sum;
        }

        static string? Text(TextKeys texts, int key) =>
            texts.Texts[key] is { } text ? TextEncoding.UTF8.GetString(text) : null;

        void Add()
        {
            if (lines > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(found, key, out _) += lines;
        }
    }
}
