using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Turns one day's buffer into a segment. One at a time; keeps its scratch memory.</summary>
internal sealed class SegmentWriter(Staging staging, int rowGroupRows)
{
    private readonly TableScratch _scratch = new(rowGroupRows);
    private int[] _order = [];

    public SegmentEntry Write(RowBuffer rows, SegmentNames names, string name)
    {
        if (_order.Length < rows.Count)
            _order = new int[rows.Count];
        RowOrder.Fill(rows, _order);
        var file = staging.Create(name);
        var columns = SegmentColumns.Of(new BufferedRows(rows, _order, names), _scratch);
        using (var table = new TableWriter(file, name, columns, Math.Min(rows.Count, rowGroupRows)))
        {
            for (var start = 0; start < rows.Count; start += rowGroupRows)
                table.WriteGroup(start, Math.Min(rowGroupRows, rows.Count - start));
            table.Complete();
        }
        var first = new EventTime(rows.Time[_order[0]]);
        var last = new EventTime(rows.Time[_order[rows.Count - 1]]);
        return new SegmentEntry(name, file.Sha256, rows.Count, first, last)
        {
            Size = file.Written,
            Sources = names.SourcesOf(rows.Stream.AsSpan(0, rows.Count)),
        };
    }
}
