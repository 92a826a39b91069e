using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// The texts behind a buffer's numbers, as they were when it was handed over: the catalog goes on growing on another
/// thread, and only its symbols may be read from here.
/// </summary>
internal sealed class SegmentNames(Catalog catalog)
{
    private static readonly byte[][] OutcomeNames =
        [.. Enum.GetValues<Outcome>().Select(outcome => Encoding.UTF8.GetBytes(outcome.Name()))];

    private readonly Catalog.StreamEntry[] _streams = [.. catalog.Streams];
    private readonly string[] _sources = [.. catalog.Sources];
    private readonly Catalog.FileEntry[] _files = [.. catalog.Files];
    private readonly Operation[] _operations = [.. catalog.Operations];

    private volatile int _warmth;

    public SymbolTable Symbols { get; } = catalog.Symbols;

    // Keys are one above the numbers: key 0 is no text. Each text is asked for once a row group.
    public ReadOnlySpan<byte> Source(int key) => Encoding.UTF8.GetBytes(_sources[_streams[key - 1].Source]);
    public ReadOnlySpan<byte> Stream(int key) => Encoding.UTF8.GetBytes(_streams[key - 1].Name);
    public ReadOnlySpan<byte> File(int key) => Encoding.UTF8.GetBytes(_files[key - 1].Path);
    public ReadOnlySpan<byte> Operation(int key) => Encoding.UTF8.GetBytes(_operations[key - 1].Name);
    public ReadOnlySpan<byte> Fields(int key) => Encoding.UTF8.GetBytes(_operations[key - 1].Fields);
    public ReadOnlySpan<byte> Symbol(int key) => Symbols.Bytes(new Symbol(key));

    /// <summary>The sources of these streams, in the order of their names.</summary>
    public IReadOnlyList<string> SourcesOf(ReadOnlySpan<short> streams)
    {
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        var last = (short)-1;
        foreach (var stream in streams)
        {
            if (stream != last)
                sources.Add(_sources[_streams[stream].Source]);
            last = stream;
        }
        return [.. sources];
    }

    /// <summary>
    /// Reads a byte of each text, so that the waits for memory overlap: a million addresses lie far apart, and one at
    /// a time each would cost more than all the rest of its row.
    /// </summary>
    public void Warm(ReadOnlySpan<int> keys)
    {
        var sum = 0;
        foreach (var key in keys)
            if (key > 0)
                sum += Symbols.Bytes(new Symbol(key))[0];
        _warmth = sum;
    }

    public static ReadOnlySpan<byte> Outcome(int key) => OutcomeNames[key - 1];
}

/// <summary>Where a segment lies: <c>segments/2025-04-14/000001.parquet</c>, by UTC day.</summary>
internal static class SegmentPath
{
    public static string Of(int day, int number)
    {
        var date = DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + day);
        return string.Create(CultureInfo.InvariantCulture, $"segments/{date:yyyy-MM-dd}/{number:D6}.parquet");
    }
}
