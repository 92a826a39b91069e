using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>The totals of the next commit, merged by stream, minute, operation and outcome.</summary>
internal sealed class TotalsBook(Catalog catalog)
{
    private readonly Dictionary<Key, (long Lines, long Bytes)> _totals = [];

    private readonly record struct Key(int Stream, long Minute, short Operation, Outcome Outcome);

    private sealed record Row(string Source, string Stream, string? Operation, Key Key, long Lines, long Bytes);

    public int Count => _totals.Count;

    public void Add(IEnumerable<MinuteTotal> totals)
    {
        foreach (var total in totals)
        {
            var key = new Key(total.Stream, total.Minute, total.Operation, total.Outcome);
            var (lines, bytes) = _totals.GetValueOrDefault(key);
            _totals[key] = (lines + total.Lines, bytes + total.Bytes);
        }
    }

    /// <summary>The entry that makes the table count.</summary>
    public CoverageAdded Entry(int commit, FileStamp table) => new(
        commit, table.Name, table.Sha256, table.Size, table.Rows, _totals.Values.Sum(total => total.Lines),
        EventTime.FromMinute(_totals.Keys.Min(key => key.Minute)),
        EventTime.FromMinute(_totals.Keys.Max(key => key.Minute) + 1));

    public void Clear() => _totals.Clear();

    public FileStamp Write(Staging staging, string name, int rowGroupRows)
    {
        var rows = Sorted();
        var file = staging.Create(name);
        var scratch = new TableScratch(Math.Min(rows.Length, rowGroupRows));
        var columns = Columns(rows, scratch);
        using var table = new TableWriter(file, name, columns, Math.Min(rows.Length, rowGroupRows));
        for (var start = 0; start < rows.Length; start += rowGroupRows)
            table.WriteGroup(start, Math.Min(rowGroupRows, rows.Length - start));
        table.Complete();
        return new FileStamp(name, file.Sha256, file.Written, rows.Length);
    }

    private Row[] Sorted()
    {
        var rows = new Row[_totals.Count];
        var next = 0;
        foreach (var (key, (lines, bytes)) in _totals)
        {
            var stream = catalog.Streams[key.Stream];
            var operation = key.Operation < 0 ? null : catalog.Operations[key.Operation].Name;
            rows[next++] = new Row(catalog.Sources[stream.Source], stream.Name, operation, key, lines, bytes);
        }
        Array.Sort(rows, Compare);
        return rows;
    }

    private static int Compare(Row left, Row right)
    {
        var order = string.CompareOrdinal(left.Source, right.Source);
        order = order != 0 ? order : string.CompareOrdinal(left.Stream, right.Stream);
        order = order != 0 ? order : left.Key.Stream.CompareTo(right.Key.Stream);
        order = order != 0 ? order : left.Key.Minute.CompareTo(right.Key.Minute);
        order = order != 0 ? order : string.CompareOrdinal(left.Operation, right.Operation);
        order = order != 0 ? order : left.Key.Operation.CompareTo(right.Key.Operation);
        return order != 0 ? order : left.Key.Outcome.CompareTo(right.Key.Outcome);
    }

    private TableColumn[] Columns(Row[] rows, TableScratch scratch)
    {
        LongColumn Long(string name, Func<Row, long> value) => new(name, scratch, (start, into) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = value(rows[start + i]);
        });
        TextColumn Text(string name, Func<Row, int> key, Func<int, string> text, bool required = true) => new(
            name,
            scratch,
            (start, into) =>
            {
                for (var i = 0; i < into.Length; i++)
                    into[i] = key(rows[start + i]) + 1;
            },
            k => Encoding.UTF8.GetBytes(text(k - 1)))
        {
            Required = required, DictionaryShare = 1,
        };
        return
        [
            Text("source", row => row.Key.Stream, stream => catalog.Sources[catalog.Streams[stream].Source]),
            Text("stream", row => row.Key.Stream, stream => catalog.Streams[stream].Name),
            Long("minute", row => row.Key.Minute),
            Text("operation", row => row.Key.Operation, number => catalog.Operations[number].Name, required: false),
            Text("outcome", row => (int)row.Key.Outcome, outcome => ((Outcome)outcome).Name()),
            Long("lines", row => row.Lines),
            Long("bytes", row => row.Bytes),
        ];
    }
}
