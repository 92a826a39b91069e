using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>What is followed, and what is known of it.</summary>
/// <param name="Positions">As of the last commit; empty at the very beginning.</param>
/// <param name="ReplayFrom">
/// Where detection has to see lines again, by the name in the records: before the positions where its state is older
/// than the last commit. Null: nothing is read again.
/// </param>
/// <param name="TakenBefore">
/// Of a file without a position: how much of it the ledger has; <see cref="long.MaxValue"/> for all.
/// </param>
public sealed record TailPlan(
    IReadOnlyList<SourceOptions> Sources, string BaseDirectory, IReadOnlyList<TailPosition> Positions,
    IReadOnlyDictionary<string, long>? ReplayFrom, Func<SourceOptions, SourceFile, long> TakenBefore);

/// <summary>
/// Follows growing logs through rotation and gives their rows in one order. One thread; nothing here waits. In its
/// first stretch, <see cref="IsReplaying"/>, come lines that an earlier run has recorded already.
/// </summary>
public sealed class LogTail : IDisposable
{
    private readonly TailedFiles _files;
    private readonly TailMerger _merger;
    private readonly TailOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<int, StreamCount> _streams = [];
    private const int LookShare = 20;
    private DateTimeOffset? _looked;
    private DateTimeOffset _lookedAt;
    private TimeSpan _lookCost;
    private long _rotations;

    /// <param name="rejects">Called for each line that is no record, when it counts.</param>
    public LogTail(
        Catalog catalog, TailPlan plan, RouteTable routes, Fingerprint fingerprint, IntakeOptions options,
        TailOptions tail, TimeProvider clock, RejectSink rejects)
    {
        (_options, _clock) = (tail, clock);
        _merger = new TailMerger(catalog, routes, fingerprint, options, tail, rejects);
        _files = new TailedFiles(catalog, plan.Sources, plan.BaseDirectory, tail, plan.TakenBefore)
        {
            Found = _ => _rotations++,
            Opened = _merger.Add,
        };
        _files.Restore(plan.Positions, position => plan.ReplayFrom is null ? position.Offset
            : plan.ReplayFrom.GetValueOrDefault(position.File, 0));
        foreach (var file in _files.Files)
            _merger.Add(file);
        Look();
        IsReplaying = _files.Files.Any(file => file.IsReplaying);
    }

    private sealed class StreamCount
    {
        public long Lines;
        public long Records;
        public long Rejects;
        public EventTime? Last;
        public DateTimeOffset? Arrived;
    }

    /// <summary>Lines come that are recorded already: for detection, and for nothing else.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>What streams logged by minute, of the lines that count since it was taken last.</summary>
    public StreamTotals Totals => _merger.Totals;

    /// <summary>Files that detection was to see again and that are gone.</summary>
    public int Forgotten => _files.Forgotten;

    /// <summary>Generations of logs found so far.</summary>
    public long Generations => _rotations;

    /// <summary>True between two lines: only then may a commit be made.</summary>
    public bool IsBetweenLines => _merger.IsBetweenLines;

    /// <summary>Looks at names when it is time, or at once after <see cref="LookSoon"/>.</summary>
    public void Look()
    {
        var now = _clock.GetUtcNow();
        // Where there are many files to look at, looking must not be all that is done.
        var pause = _lookCost * LookShare > _options.Rescan ? _lookCost * LookShare : _options.Rescan;
        if (_looked is { } last && now - last < pause)
            return;
        _files.Look(now, _looked is null);
        _looked = _lookedAt = now;
        _lookCost = _clock.GetUtcNow() - now;
        foreach (var file in _files.Files.Where(file => file.IsFinished && file.Pending == 0))
            if (!file.IsCompressed || file.Tally.Lines == 0)
                _merger.Remove(file);
    }

    /// <summary>A hint that something changed in the folders; any thread.</summary>
    public void LookSoon() => _hurry = true;

    private volatile bool _hurry;

    /// <summary>Reads what there is; true when there was something.</summary>
    public bool Read()
    {
        if (_hurry && _looked is not null)
            (_hurry, _looked) = (false, DateTimeOffset.MinValue.AddYears(1));
        Look();
        var now = _clock.GetUtcNow();
        var came = _merger.Read(now, IsReplaying);
        if (came && !IsReplaying)
            foreach (var lane in _merger.Lanes.Where(lane => lane.HasBlocks))
                Of(lane.File.Input.Stream).Arrived = now;
        return came;
    }

    /// <summary>
    /// Fills the batch with rows that need not wait any more; false when there is none. With
    /// <paramref name="hurry"/> nothing waits.
    /// </summary>
    public bool Fill(AccessBatch batch, bool hurry = false)
    {
        var filled = _merger.Fill(batch, _lookedAt, hurry, IsReplaying);
        if (!filled && IsReplaying && !_files.Files.Any(file => file.IsReplaying))
            EndReplay();
        return filled;
    }

    /// <summary>
    /// Makes positions, totals and rejects those of the lines that were handed on, and of no other. Only between lines.
    /// </summary>
    public void Settle() => _merger.Settle(IsReplaying);

    /// <summary>Where each file stands, after <see cref="Settle"/>.</summary>
    public IReadOnlyList<TailPosition> Positions() =>
        [.. _files.Files.Select(file => new TailPosition(
            file.Source.Id, file.Stream, file.Display, file.Path, file.Input.Display, file.Mark, file.Identity,
            file.TakenTo, file.Proof.Sha256, file.Proof.Length, file.IsFinished))];

    /// <summary>What was taken of each file since the last call, after <see cref="Settle"/>.</summary>
    public IReadOnlyList<TailReading> TakeReadings()
    {
        var readings = new List<TailReading>();
        foreach (var file in _files.Files)
        {
            Count(file);
            if (file is { IsFinished: true, Whole: { } whole, Pending: 0 })
            {
                file.Tally.Fault ??= whole.Fault;
                readings.Add(Reading(file, whole.Size, whole.Sha256, isDecompressed: false));
                file.Dispose();
                continue;
            }
            if (file is { Taken: { } taken, Tally: { } tally } && tally.Lines + tally.Blank > 0)
                readings.Add(Reading(file, taken.Count, taken.Sha256, file.IsCompressed));
            if (file is { IsFinished: true, Pending: 0 })
                file.Dispose();
        }
        return readings;
    }

    /// <summary>How far each stream is, and behind.</summary>
    public IReadOnlyList<StreamLag> Lags()
    {
        foreach (var file in _files.Files)
            Count(file);
        return [.. _files.Files.Where(file => !file.IsFinished || _streams.ContainsKey(file.Input.Stream))
            .GroupBy(file => file.Input.Stream).OrderBy(group => group.Key).Select(group =>
            {
                var count = Of(group.Key);
                return new StreamLag(
                    group.First().Source.Id, group.First().Stream, group.Key, count.Last, count.Arrived,
                    group.Sum(file => file.Behind), count.Lines, count.Records, count.Rejects);
            })];
    }

    /// <summary>Sentences for people since the last call.</summary>
    public IReadOnlyList<string> TakeNotices()
    {
        var notices = _files.Notices.ToList();
        _files.Notices.Clear();
        return notices;
    }

    public void Dispose()
    {
        foreach (var file in _files.Files)
            file.Dispose();
    }

    private void EndReplay()
    {
        IsReplaying = false;
        foreach (var file in _files.Files)
        {
            file.TakeTally();
            // A compressed file was read past the position.
            if (file.IsCompressed)
                file.Close();
        }
        _merger.BeginCounting();
        _looked = DateTimeOffset.MinValue.AddYears(1);
    }

    private static TailReading Reading(TailedFile file, long size, string sha256, bool isDecompressed) => new(
        file.Source.Id, file.Stream, file.Display, file.Mark, size, sha256, isDecompressed, file.TakeTally());

    private StreamCount Of(int stream)
    {
        if (!_streams.TryGetValue(stream, out var count))
            _streams.Add(stream, count = new StreamCount());
        return count;
    }

    /// <summary>Adds what a file's tally has gained.</summary>
    private void Count(TailedFile file)
    {
        var (count, tally, before) = (Of(file.Input.Stream), file.Tally, file.Counted);
        count.Lines += tally.Lines - before.Lines;
        count.Records += tally.Records - before.Records;
        count.Rejects += tally.Rejects - before.Rejects;
        file.Counted = (tally.Lines, tally.Records, tally.Rejects);
        if (tally.Last is { } last && !(count.Last >= last))
            count.Last = last;
    }
}
