using System.Collections.Concurrent;
using WhoSaw.Intake.Merging;
using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>The next rows of a run, and what else was known when they were together.</summary>
/// <param name="Totals">Of minutes that are over; they need not wait in a table.</param>
/// <param name="Stored">Bytes taken from the files so far, as stored.</param>
/// <param name="Lines">Lines taken so far.</param>
internal sealed record FilledBatch(AccessBatch Batch, IReadOnlyList<MinuteTotal> Totals, long Stored, long Lines);

/// <summary>
/// Merges on a thread of its own, a batch or two ahead of detection, so that the one does not wait for the other. What
/// is filled, and in which order, is the same as without it: whoever takes the batches changes nothing that merging
/// looks at.
/// </summary>
internal sealed class FillingThread : IDisposable
{
    private const int Batches = 3;

    private readonly LogMerger _merger;
    private readonly Action<AccessBatch> _look;
    private readonly BlockingCollection<FilledBatch> _filled = [];
    private readonly BlockingCollection<AccessBatch> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _filling;

    /// <param name="look">Sees every batch first, on this thread.</param>
    public FillingThread(LogMerger merger, Action<AccessBatch> look)
    {
        (_merger, _look) = (merger, look);
        for (var batch = 0; batch < Batches; batch++)
            _free.Add(new AccessBatch());
        _filling = Task.Factory.StartNew(Fill, TaskCreationOptions.LongRunning);
    }

    /// <summary>
    /// The batches in order; each is free for new rows when the next one is asked for. Throws what merging threw.
    /// </summary>
    public IEnumerable<FilledBatch> All()
    {
        foreach (var filled in _filled.GetConsumingEnumerable())
        {
            yield return filled;
            _free.Add(filled.Batch);
        }
        _filling.GetAwaiter().GetResult();
    }

    /// <summary>Stops merging where it is, and waits for that.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // what it threw was thrown by All, or another failure is on its way already
        Task.WhenAny(_filling).GetAwaiter().GetResult();
        _filled.Dispose();
        _free.Dispose();
        _stop.Dispose();
    }

    private void Fill()
    {
        try
        {
            var day = int.MinValue;
            while (!_stop.IsCancellationRequested)
            {
                var batch = _free.Take(_stop.Token);
                if (!_merger.Fill(batch))
                    return;
                _look(batch);
                IReadOnlyList<MinuteTotal> totals = [];
                if (batch.Time[batch.Count - 1].DayNumber > day)
                {
                    day = batch.Time[batch.Count - 1].DayNumber;
                    totals = _merger.Totals.TakeBefore((day - 1L) * 24 * 60);
                }
                _filled.Add(new FilledBatch(batch, totals, _merger.StoredCount, _merger.Lines));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // whoever takes the batches has stopped
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }
}
