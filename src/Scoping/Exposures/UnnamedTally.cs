using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Counts what matched and names nobody; see <see cref="UnnamedTraffic"/>.</summary>
internal sealed class UnnamedTally
{
    private readonly Dictionary<string, (long Rows, long Bytes)> _bySource = new(StringComparer.Ordinal);
    private long _views;

    /// <param name="marks">1 where a row of the row group at hand matches.</param>
    public void Add(SegmentReader reader, ReadOnlySpan<byte> marks)
    {
        var subjects = reader.Numbers("subject");
        if (!subjects.HasNulls)
            return;
        var (sources, operations) = (reader.Texts("source"), reader.Texts("operation"));
        var (bytes, status) = (reader.Numbers("bytes"), reader.Numbers("status"));
        var (outcomes, fields) = (reader.Texts("outcome"), reader.Texts("fields"));
        var counted = reader.Has("rows") ? reader.Numbers("rows") : null;
        var sums = new (long Rows, long Bytes)[sources.Count];
        for (var row = 0; row < marks.Length; row++)
        {
            if (marks[row] == 0 || subjects[row] is not null)
                continue;
            ref var sum = ref sums[sources[row]];
            sum.Rows += counted?[row] ?? 0;
            if (operations[row] == 0 && UnnamedTraffic.IsMove(bytes[row], status[row]))
                sum.Bytes += bytes[row] ?? 0;
            else if (operations[row] != 0 && counted?[row] is null && fields[row] != 0
                     && !fields.Bytes(fields[row]).IsEmpty && outcomes.Bytes(outcomes[row]).SequenceEqual(Disclosed))
                _views++;
        }
        for (var source = 0; source < sums.Length; source++)
            Add(sources.Text(source) ?? "", sums[source].Rows, sums[source].Bytes);
    }

    public void Add(UnnamedTally other)
    {
        foreach (var (source, (rows, bytes)) in other._bySource)
            Add(source, rows, bytes);
        _views += other._views;
    }

    public UnnamedTraffic Total => new(
        _bySource.Values.Sum(each => each.Rows), _bySource.Values.Select(each => each.Bytes).DefaultIfEmpty().Max(),
        _views);

    private static ReadOnlySpan<byte> Disclosed => "disclosed"u8;

    private void Add(string source, long rows, long bytes)
    {
        if (rows == 0 && bytes == 0)
            return;
        var known = _bySource.GetValueOrDefault(source);
        _bySource[source] = (known.Rows + rows, known.Bytes + bytes);
    }
}
