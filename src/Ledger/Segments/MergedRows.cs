using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// The rows of several segments of a day in one order: by time, and at the same time those of an earlier segment first,
/// each segment's rows in their own order. All of them in memory, about 110 bytes a row.
/// </summary>
internal sealed class MergedRows : ISegmentRows
{
    private static readonly string[] LongNames =
        ["time", "offset", "credential", "account", "subject", "status", "bytes", "traits", "rows"];

    private static readonly string[] TextNames =
    [
        "source", "stream", "file", "request", "client", "network", "agent", "key", "principal", "operation",
        "fields", "method", "outcome",
    ];

    private readonly Dictionary<string, long[]> _longs;
    private readonly Dictionary<string, int[]> _keys;
    private readonly Dictionary<string, KeyedTexts> _texts;
    private readonly int[] _order;

    /// <param name="directory">Of the ledger.</param>
    public MergedRows(string directory, IReadOnlyList<SegmentEntry> segments)
    {
        Count = checked((int)segments.Sum(segment => segment.Rows));
        _longs = LongNames.ToDictionary(name => name, _ => new long[Count]);
        _keys = TextNames.ToDictionary(name => name, _ => new int[Count]);
        _texts = TextNames.ToDictionary(name => name, _ => new KeyedTexts());
        var start = 0;
        foreach (var segment in segments)
            start = Read(Path.Combine(directory, segment.Name), segment.Name, start);
        _order = [.. Enumerable.Range(0, Count)];
        var times = (long[])_longs["time"].Clone();
        // Keys are different in the second place, so the order does not depend on how the sort works.
        Array.Sort([.. times.Select((time, row) => (time, row))], _order);
    }

    public int Count { get; }
    public WarmKeys? Warm => null;
    public EventTime First => new(_longs["time"][_order[0]]);
    public EventTime Last => new(_longs["time"][_order[^1]]);

    public FillLongs Longs(string column)
    {
        var values = _longs[column];
        return (start, into) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = values[_order[start + i]];
        };
    }

    public FillKeys Keys(string column)
    {
        var values = _keys[column];
        return (start, into) =>
        {
            for (var i = 0; i < into.Length; i++)
                into[i] = values[_order[start + i]];
        };
    }

    public TextOfKey Texts(string column)
    {
        var texts = _texts[column];
        return key => texts.Of(key);
    }

    private int Read(string path, string name, int start)
    {
        using var table = new TableReader(path, name);
        for (var group = 0; group < table.Groups; group++)
        {
            table.OpenGroup(group);
            foreach (var column in LongNames)
                table.Longs(column, SegmentColumns.AbsentOf(column)).CopyTo(_longs[column], start);
            foreach (var column in TextNames)
            {
                var read = table.Texts(column);
                var keys = read.Texts.Select(text => text is null ? 0 : _texts[column].KeyOf(text)).ToArray();
                var into = _keys[column].AsSpan(start, table.Rows);
                for (var row = 0; row < into.Length; row++)
                    into[row] = keys[read.Keys[row]];
            }
            start += table.Rows;
        }
        return start;
    }

    /// <summary>Texts by a number of their own, from 1 on.</summary>
    private sealed class KeyedTexts
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<byte[]> _texts = [];

        public int KeyOf(byte[] text)
        {
            var name = System.Text.Encoding.Latin1.GetString(text);
            if (!_numbers.TryGetValue(name, out var key))
            {
                _texts.Add(text);
                _numbers[name] = key = _texts.Count;
            }
            return key;
        }

        public ReadOnlySpan<byte> Of(int key) => _texts[key - 1];
    }
}
