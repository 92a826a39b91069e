using System.Collections.Concurrent;
using WhoSaw.Intake.Enrichment;
using WhoSaw.Intake.Merging;
using WhoSaw.Intake.Parsing;
using WhoSaw.Intake.Routes;
using WhoSaw.Intake.Sources;
using WhoSaw.Records;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// Brings the rows of growing files into one order: by event time, as far as waiting a little for the streams that are
/// behind allows it. While files are read again every row is there, and the order is by time alone.
/// </summary>
internal sealed class TailMerger(
    Catalog catalog, RouteTable routes, Fingerprint fingerprint, IntakeOptions options, TailOptions tail,
    RejectSink rejects)
{
    private readonly ConcurrentBag<RecordBlock> _spare = [];
    private readonly List<TailLane> _lanes = [];
    private readonly ClientNetworks _networks = new(catalog, options.Places);
    private TailLane? _unfinishedLine;
    private Intaken? _into;

    public StreamTotals Totals { get; private set; } = new();
    public IReadOnlyList<TailLane> Lanes => _lanes;

    /// <summary>What was read again was counted when it was read first.</summary>
    public void BeginCounting() => (Totals, _into) = (new StreamTotals(), null);

    private Intaken Into(bool again) =>
        _into ??= new Intaken(catalog, Totals, again ? (_, _, _, _) => { }
    : rejects);

    /// <summary>Reads the file, too; what had ended may go on.</summary>
    public void Add(TailedFile file)
    {
        if (_lanes.Exists(lane => lane.File == file))
            return;
        _lanes.Add(new TailLane(file, new BlockParser(file.Source, routes, fingerprint, options), _spare));
        var order = _lanes.OrderBy(lane => !lane.IsIssuer).ThenBy(lane => lane.File.Input.Stream)
            .ThenBy(lane => lane.File.Input.Index).ToList();
        for (var rank = 0; rank < order.Count; rank++)
            order[rank].Rank = rank;
        ShareRoom();
    }

    public void Remove(TailedFile file)
    {
        if (_lanes.RemoveAll(lane => lane.File == file && !lane.HasBlocks) > 0)
            ShareRoom();
    }

    private void ShareRoom() => _lanes.ForEach(lane => lane.Room = tail.Waiting / _lanes.Count);

    /// <summary>Reads what there is, at most a block of each file; true when there was something.</summary>
    public bool Read(DateTimeOffset now, bool again)
    {
        var wanting = _lanes.Where(lane => lane.WantsBlock && lane.File.IsOpen && (!again || lane.File.IsReplaying))
            .ToList();
        if (wanting.Count == 0)
            return false;
        if (options.Threads > 1 && wanting.Count > 1)
            Parallel.ForEach(
                wanting, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
                lane => lane.Read(now, tail));
        else
            wanting.ForEach(lane => lane.Read(now, tail));
        var came = wanting.Any(lane => lane.HasBlocks);
        foreach (var lane in wanting)
            lane.Admit(Into(again));
        return came;
    }

    /// <summary>Adds the rows that may go now; false when there was none.</summary>
    /// <param name="looked">When names were looked at last: a stream may go on in a file that is not known yet.</param>
    /// <param name="hurry">Nothing is waited for: what is there goes.</param>
    public bool Fill(AccessBatch batch, DateTimeOffset looked, bool hurry, bool again)
    {
        batch.Clear();
        var into = Into(again);
        while (!batch.IsFull)
        {
            if (_unfinishedLine is { } open)
            {
                Send(open, batch, into);
                continue;
            }
            if (Lowest(out var second) is not { } lane)
                break;
            var empty = looked;
            var barrier = hurry ? EventTime.Latest : Barrier(again, ref empty);
            var sent = batch.Count;
            while (lane.HasRow && !batch.IsFull && (second is null || Comes(lane, second))
                && (lane.Row.Time <= barrier || (!again && empty - lane.Arrived >= tail.Patience)))
                Send(lane, batch, into);
            if (batch.Count == sent)
                break;
        }
        return batch.Count > 0;
    }

    /// <summary>Counts every line that was handed on, and no other.</summary>
    public void Settle(bool again)
    {
        foreach (var lane in _lanes)
            lane.Settle(Into(again));
    }

    /// <summary>True between two lines, when a commit may be made.</summary>
    public bool IsBetweenLines => _unfinishedLine is null;

    private void Send(TailLane lane, AccessBatch batch, Intaken into)
    {
        ref readonly var row = ref lane.Row;
        var client = row.Client;
        batch.Add(row, _networks.Of(client));
        batch.Traits[batch.Count - 1] |= _networks.TraitsOf(client);
        _unfinishedLine = lane.Advance(into) ? null : lane;
    }

    private static bool Comes(TailLane lane, TailLane before) =>
        lane.Row.Time < before.Row.Time || (lane.Row.Time == before.Row.Time && lane.Rank < before.Rank);

    /// <summary>The lane whose row comes first, and the one that comes next to it.</summary>
    private TailLane? Lowest(out TailLane? second)
    {
        TailLane? first = null;
        second = null;
        foreach (var lane in _lanes)
        {
            if (!lane.HasRow)
                continue;
            if (first is null || Comes(lane, first))
                (first, second) = (lane, first);
            else if (second is null || Comes(lane, second))
                second = lane;
        }
        return first;
    }

    /// <summary>Up to here every file that goes on has spoken.</summary>
    /// <param name="empty">Becomes the moment up to which those that have not spoken were seen to say nothing.</param>
    private EventTime Barrier(bool again, ref DateTimeOffset empty)
    {
        var barrier = EventTime.Latest;
        foreach (var lane in _lanes)
        {
            if (lane.HasRow || lane.File.IsFinished
                || (again ? !lane.File.IsReplaying : !lane.File.IsOpen || IsLeft(lane)))
                continue;
            // Another issuer record of the same second may be on its way.
            if (lane.EmptyAt < empty)
                empty = lane.EmptyAt;
            var reached = lane.IsIssuer ? lane.Reached.Plus(-1) : lane.Reached;
            if (reached < barrier)
                barrier = reached;
        }
        return barrier;
    }

    /// <summary>Rotated away, and quiet since for as long as anybody is waited for: its writer is elsewhere.</summary>
    private bool IsLeft(TailLane lane) =>
        lane.File.IsRotated && lane.EmptyAt - lane.File.Since >= tail.Patience;
}
