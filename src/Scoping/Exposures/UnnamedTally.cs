using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Counts what matched and names nobody; see <see cref="UnnamedTraffic"/>.</summary>
internal sealed class UnnamedTally
{
    private readonly Dictionary<string, (long Rows, long Bytes)> _bySource = new(StringComparer.Ordinal);

    /// <param name="marks">1 where a row of the row group at hand matches.</param>
    public void Add(SegmentReader reader, ReadOnlySpan<byte> marks)
    {
        var subjects = reader.Numbers("subject");
        if (!subjects.HasNulls)
            return;
        var (sources, operations) = (reader.Texts("source"), reader.Texts("operation"));
        var (bytes, status) = (reader.Numbers("bytes"), reader.Numbers("status"));
        var counted = reader.Has("rows") ? reader.Numbers("rows") : null;
        for (var row = 0; row < marks.Length; row++)
        {
            if (marks[row] == 0 || subjects[row] is not null)
                continue;
            var moved = operations.Numbers[row] == 0 && UnnamedTraffic.IsMove(bytes[row], status[row])
                ? bytes[row] ?? 0
                : 0;
            Add(sources.Texts.Text(sources.Numbers[row]), counted?[row] ?? 0, moved);
        }
    }

    public void Add(UnnamedTally other)
    {
        foreach (var (source, (rows, bytes)) in other._bySource)
            Add(source, rows, bytes);
    }

    public UnnamedTraffic Total => new(
        _bySource.Values.Sum(each => each.Rows), _bySource.Values.Select(each => each.Bytes).DefaultIfEmpty().Max());

    private void Add(string source, long rows, long bytes)
    {
        if (rows == 0 && bytes == 0)
            return;
        var known = _bySource.GetValueOrDefault(source);
        _bySource[source] = (known.Rows + rows, known.Bytes + bytes);
    }
}
