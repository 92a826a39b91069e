using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// The totals of the next commit: 32 bytes an entry until they are written, merged where the key is the same.
/// </summary>
internal sealed class TotalsBook(Catalog catalog)
{
    private readonly List<MinuteTotal> _totals = [];

    public int Count => _totals.Count;

    public void Add(IReadOnlyCollection<MinuteTotal> totals)
    {
        // There are millions in a month, and a list that doubles would hold three times as many.
        if (_totals.Count + totals.Count > _totals.Capacity)
            _totals.Capacity = _totals.Count + totals.Count + _totals.Count / 8;
        _totals.AddRange(totals);
    }

    /// <summary>The entry that makes the table count.</summary>
    public CoverageAdded Entry(int commit, FileStamp table) => new(
        commit, table.Name, table.Sha256, table.Size, table.Rows, _totals.Sum(total => total.Lines),
        EventTime.FromMinute(_totals.Min(total => total.Minute)),
        EventTime.FromMinute(_totals.Max(total => total.Minute) + 1));

    public void Clear() => _totals.Clear();

    public FileStamp Write(Staging staging, string name, int rowGroupRows)
    {
        Sort();
        var rows = _totals;
        var file = staging.Create(name);
        var scratch = new TableScratch(Math.Min(rows.Count, rowGroupRows));
        var columns = Columns(rows, scratch);
        using var table = new TableWriter(file, name, columns, Math.Min(rows.Count, rowGroupRows));
        for (var start = 0; start < rows.Count; start += rowGroupRows)
            table.WriteGroup(start, Math.Min(rowGroupRows, rows.Count - start));
        table.Complete();
        return new FileStamp(name, file.Sha256, file.Written, rows.Count);
    }

    /// <summary>By their key, each of which is there once then.</summary>
    private void Sort()
    {
        _totals.Sort(Compare);
        var kept = 0;
        for (var next = 0; next < _totals.Count; next++)
        {
            var total = _totals[next];
            if (kept > 0 && Compare(_totals[kept - 1], total) == 0)
                _totals[kept - 1] = total with
                {
                    Lines = _totals[kept - 1].Lines + total.Lines,
                    Bytes = _totals[kept - 1].Bytes + total.Bytes,
                };
            else
                _totals[kept++] = total;
        }
        _totals.RemoveRange(kept, _totals.Count - kept);
    }

    private int Compare(MinuteTotal left, MinuteTotal right)
    {
        var order = left.Stream == right.Stream ? 0 : string.CompareOrdinal(SourceOf(left), SourceOf(right));
        order = order != 0 || left.Stream == right.Stream
            ? order
            : string.CompareOrdinal(StreamOf(left), StreamOf(right));
        order = order != 0 ? order : left.Stream.CompareTo(right.Stream);
        order = order != 0 ? order : left.Minute.CompareTo(right.Minute);
        order = order != 0 || left.Operation == right.Operation
            ? order
            : string.CompareOrdinal(OperationOf(left), OperationOf(right));
        order = order != 0 ? order : left.Operation.CompareTo(right.Operation);
        return order != 0 ? order : left.Outcome.CompareTo(right.Outcome);
    }

    private string SourceOf(MinuteTotal total) => catalog.Sources[catalog.Streams[total.Stream].Source];

    private string StreamOf(MinuteTotal total) => catalog.Streams[total.Stream].Name;

    private string? OperationOf(MinuteTotal total) =>
        total.Operation < 0 ? null : catalog.Operations[total.Operation].Name;

    private TableColumn[] Columns(List<MinuteTotal> rows, TableScratch scratch)
    {
        LongColumn Long(string name, Func<MinuteTotal, long> value) => new(name, scratch, (start, into) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = value(rows[start + i]);
        });
        TextColumn Text(string name, Func<MinuteTotal, int> key, Func<int, string> text, bool required = true) => new(
            name,
            scratch,
            (start, into) =>
            {
                for (var i = 0; i < into.Length; i++)
                    into[i] = key(rows[start + i]) + 1;
            },
            k => Encoding.UTF8.GetBytes(text(k - 1)))
        {
            Required = required,
            DictionaryShare = 1,
        };
        return
        [
            Text("source", row => row.Stream, stream => catalog.Sources[catalog.Streams[stream].Source]),
            Text("stream", row => row.Stream, stream => catalog.Streams[stream].Name),
            Long("minute", row => row.Minute),
            Text("operation", row => row.Operation, number => catalog.Operations[number].Name, required: false),
            Text("outcome", row => (int)row.Outcome, outcome => ((Outcome)outcome).Name()),
            Long("lines", row => row.Lines),
            Long("bytes", row => row.Bytes),
        ];
    }
}
