using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Merging;

/// <summary>
/// Reads many files at once and gives their rows in one order: by event time, then by file, then by place in the file.
/// The order depends on the bytes alone, never on the number of workers. Issuer records run ahead by the lookahead.
/// </summary>
public sealed class LogMerger : IDisposable
{
    // At most so many blocks of all files are in work at once.
    private const int BlocksInWork = 64;

    private readonly List<Lane> _lanes = [];
    private readonly PriorityQueue<Lane, (long Time, int Lane)> _queue = new();
    private readonly List<Lane> _byStart;
    private readonly Dictionary<Lane, int> _place;
    private readonly Intaken _intaken;
    private readonly int _threads;
    private int _opened;
    private int _active;
    private readonly ClientNetworks _networks;

    /// <param name="rejects">Called on the merging thread, in the order of the merge.</param>
    /// <param name="open">How a path becomes bytes; null for files and standard input.</param>
    public LogMerger(
        Catalog catalog, IReadOnlyList<InputFile> files, RouteTable routes, Fingerprint fingerprint,
        IntakeOptions options, RejectSink rejects, Func<string, Stream>? open = null)
    {
        _networks = new ClientNetworks(catalog, options.Places);
        _threads = Math.Max(1, options.Threads);
        _intaken = new Intaken(catalog, Totals, rejects);
        open ??= SourceStreams.Open;
        var workers = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _threads).ConcurrentScheduler;
        var sources = new Dictionary<SourceOptions, BlockSource>(ReferenceEqualityComparer.Instance);
        foreach (var file in files)
        {
            if (!sources.TryGetValue(file.Source, out var source))
            {
                var settings = file.Source;
                source = new BlockSource(
                    () => new BlockParser(settings, routes, fingerprint, options), open, workers, options.Disorder);
                sources.Add(settings, source);
            }
            var shift = file.Source.Kind == SourceKind.Issuer ? -options.IssuerLookahead : 0;
            var start = FirstTime.Peek(file, source, options.Disorder);
            _lanes.Add(new Lane(file, source, shift, start));
        }
        for (var lane = 0; lane < _lanes.Count; lane++)
            _queue.Enqueue(_lanes[lane], (_lanes[lane].Key.Microseconds, lane));
        _byStart = [.. _lanes.OrderBy(lane => lane.Key)];
        _place = _byStart.Select((lane, place) => (lane, place)).ToDictionary(x => x.lane, x => x.place);
    }

    public StreamTotals Totals { get; } = new();
    public IEnumerable<(InputFile File, FileTally Tally)> Tallies => _lanes.Select(lane => (lane.File, lane.Tally));
    public long Lines => _intaken.Lines;

    /// <summary>Stored bytes taken so far, for progress.</summary>
    public long StoredCount => _lanes.Sum(lane => lane.StoredCount);

    /// <summary>Fills the batch with the next rows; false when there are none left and the batch is empty.</summary>
    public bool Fill(AccessBatch batch)
    {
        batch.Clear();
        while (!batch.IsFull && _queue.TryDequeue(out var lane, out _))
        {
            var index = lane.File.Index;
            if (!lane.HasRow && !lane.IsEnded)
            {
                OpenAhead(lane);
                lane.Refill(Depth, _intaken);
            }
            else
            {
                Drain(lane, batch);
            }
            if (lane.HasRow || !lane.IsEnded)
            {
                _queue.Enqueue(lane, (lane.Key.Microseconds, index));
                continue;
            }
            lane.Close();
            _active--;
        }
        return batch.Count > 0;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
            lane.Close();
    }

    private int Depth => Math.Clamp(BlocksInWork / Math.Max(1, _active), 1, 2 * _threads + 2);

    /// <summary>Gives rows of one lane until another lane's next row comes first.</summary>
    private void Drain(Lane lane, AccessBatch batch)
    {
        var barrier = (Time: long.MaxValue, Lane: int.MaxValue);
        if (_queue.TryPeek(out _, out var other))
            barrier = other;
        while (lane.HasRow && !batch.IsFull && lane.Key.Microseconds is var time
            && (time < barrier.Time || time == barrier.Time && lane.File.Index < barrier.Lane))
        {
            ref readonly var row = ref lane.Row;
            batch.Add(row, _networks.Of(row.Client));
            batch.Traits[batch.Count - 1] |= _networks.TraitsOf(row.Client);
            lane.Advance();
        }
    }

    /// <summary>
    /// Opens the file that the merge has reached, and the next few so that workers have something to do.
    /// </summary>
    private void OpenAhead(Lane lane)
    {
        var wanted = Math.Min(_byStart.Count, _place[lane] + 1 + 2 * _threads);
        for (; _opened < wanted; _opened++)
        {
            _byStart[_opened].Open(1);
            _active++;
        }
    }
}
