using System.Buffers.Text;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>
/// Watches what streams tell of themselves by the request ids of their lines: where a stream counts its lines, numbers
/// that are missing; where two streams log the same requests, how far their clocks are apart. Sees the rows of a run in
/// their order; one thread.
/// </summary>
public sealed class StreamWatch
{
    private const int Remembered = 1 << 15;
    private const int EnoughRequests = 50, MostRequests = 4096;
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(1);
    private readonly List<NumberedStream?> _numbered = [];
    private readonly Dictionary<(short Stream, short Other), List<long>> _apart = [];
    private readonly (ulong Id, short Stream, long Time)[] _recent = new (ulong, short, long)[Remembered];

    /// <summary>Takes the rows of a batch; the people of one request count once.</summary>
    public void Observe(AccessBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (row > 0 && batch.Offset[row] == batch.Offset[row - 1] && batch.File[row] == batch.File[row - 1])
                continue;
            var stream = batch.Stream[row];
            Of(stream).Lines++;
            var id = batch.Request[row].Span;
            if (id.IsEmpty)
                continue;
            if (Utf8Parser.TryParse(id, out long number, out var used) && used == id.Length && number >= 0)
                Of(stream).See(number, batch.Time[row]);
            Compare(Hash(id), stream, batch.Time[row].Microseconds);
        }
    }

    /// <summary>What was found, by stream.</summary>
    /// <param name="records">
    /// How many lines of a stream were read as records: of those that are no rows the numbers are not known, and they
    /// are not called missing.
    /// </param>
    internal IEnumerable<JournalEntry> Entries(int commit, Catalog catalog, Func<int, long> records)
    {
        for (var stream = 0; stream < _numbered.Count; stream++)
            if (_numbered[stream]?.Fault(records(stream)) is var (missing, holes))
                yield return new NumbersMissing(
                    commit, SourceOf(catalog, stream), catalog.Streams[stream].Name, missing, holes);
        foreach (var (pair, times) in _apart.OrderBy(each => each.Key))
            if (Skew(times) is { } milliseconds)
                yield return new ClockSkewed(
                    commit, SourceOf(catalog, pair.Stream), catalog.Streams[pair.Stream].Name,
                    SourceOf(catalog, pair.Other), catalog.Streams[pair.Other].Name, milliseconds, times.Count);
    }

    /// <summary>The median in milliseconds; null when too few were seen, or it is what a request may take.</summary>
    private static long? Skew(List<long> times)
    {
        if (times.Count < EnoughRequests)
            return null;
        times.Sort();
        var median = times[times.Count / 2] / 1000;
        return Math.Abs(median) > Tolerable.TotalMilliseconds ? median : null;
    }

    private static string SourceOf(Catalog catalog, int stream) => catalog.Sources[catalog.Streams[stream].Source];

    private NumberedStream Of(int stream)
    {
        while (_numbered.Count <= stream)
            _numbered.Add(null);
        return _numbered[stream] ??= new NumberedStream();
    }

    private void Compare(ulong id, short stream, long time)
    {
        ref var slot = ref _recent[id % Remembered];
        if (slot.Id == id && slot.Stream != stream)
        {
            var pair = stream < slot.Stream ? (stream, slot.Stream) : (slot.Stream, stream);
            if (!_apart.TryGetValue(pair, out var times))
                _apart[pair] = times = [];
            if (times.Count < MostRequests)
                times.Add(stream < slot.Stream ? slot.Time - time : time - slot.Time);
        }
        slot = (id, stream, time);
    }

    // FNV-1a: two ids that fall together only add one wrong difference among many.
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in id)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }
}
