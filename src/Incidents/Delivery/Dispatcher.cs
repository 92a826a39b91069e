using System.Collections.Concurrent;
using System.Threading.Channels;

namespace WhoSaw.Incidents.Delivery;

/// <summary>What a server said of one message.</summary>
/// <param name="Code">Its reply code; 0 where there was none.</param>
public readonly record struct SendResult(RecipientState State, int Code)
{
    /// <summary>
    /// True when nothing was handed over for a reason that is not the recipient's: no connection, the sender or the
    /// log-in refused, too many messages, a gateway that is not there. The next will fare no better.
    /// </summary>
    public bool IsOfServer => State == RecipientState.Deferred
        && Code is 0 or 421 or 429 or (>= 401 and <= 407) or >= 500;
}

/// <summary>One connection to a server, used by one worker at a time.</summary>
public interface IMessageSender : IAsyncDisposable
{
    /// <summary>
    /// Hands one message over. Gives Accepted, Refused, Deferred (surely not taken) or Doubt (perhaps taken).
    /// </summary>
    Task<SendResult> SendAsync(Recipient recipient, string key, CancellationToken cancellation);
}

/// <summary>How a delivery runs.</summary>
public sealed record DispatchOptions
{
    /// <summary>Connections, each with a worker.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>At most so many messages a second over all connections; 0 is no limit.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>Stop after so many recipients of this run were tried.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Intents that are made durable together: the most that can be in doubt after a crash.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Also those in doubt, with the same key: for where no log of the server can decide.</summary>
    public bool RepeatDoubtful { get; init; }
}

/// <summary>
/// Works through an outbox: intent durable, message handed over under its key, result recorded. Stops between batches
/// when paused or cancelled, and after one of which the server took nothing for a reason of its own. Memory does not
/// grow with the recipients.
/// </summary>
public sealed class Dispatcher(
    Outbox outbox, DeliveryChannel channel, Func<IMessageSender> connect, DispatchOptions options, TimeProvider clock)
{
    /// <summary>The code with which the server took nothing of a whole batch and ended the run; else null.</summary>
    public int? StoppedBy { get; private set; }

    /// <summary>Tries everybody once who is open on this channel; gives how many were tried.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var senders = Enumerable.Range(0, options.Connections).Select(_ => connect()).ToList();
        var tried = 0;
        try
        {
            var began = clock.GetTimestamp();
            foreach (var batch in outbox.Recipients().Where(IsOpen).Take(options.Limit).Chunk(options.BatchSize))
            {
                if (cancellation.IsCancellationRequested || outbox.IsPaused)
                    break;
                outbox.Claim(batch, channel, clock.GetUtcNow());
                // Once claimed, a batch is carried through: to stop in its middle would only make doubt.
                var results = await SendAsync(batch, senders).ConfigureAwait(false);
                tried += batch.Length;
                if (results.All(each => each.IsOfServer))
                {
                    StoppedBy = results.First().Code;
                    break;
                }
                await KeepPaceAsync(tried, began, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var sender in senders)
                await sender.DisposeAsync().ConfigureAwait(false);
        }
        return tried;
    }

    private bool IsOpen(Recipient recipient)
    {
        if (channel == DeliveryChannel.Text
            && !DeliveryReport.IsFinal(DeliveryReport.Standing(outbox, recipient, DeliveryChannel.Mail)))
            return false;
        var state = DeliveryReport.Standing(outbox, recipient, channel);
        return state is RecipientState.Pending or RecipientState.Deferred
            || (state == RecipientState.Doubt && options.RepeatDoubtful);
    }

    private async Task<IReadOnlyCollection<SendResult>> SendAsync(Recipient[] batch, List<IMessageSender> senders)
    {
        var results = new ConcurrentBag<SendResult>();
        var queue = Channel.CreateUnbounded<Recipient>();
        foreach (var recipient in batch)
            queue.Writer.TryWrite(recipient);
        queue.Writer.Complete();
        await Task.WhenAll(senders.Select(async sender =>
        {
            while (queue.Reader.TryRead(out var recipient))
            {
                var result = await sender.SendAsync(recipient, outbox.KeyOf(recipient, channel), CancellationToken.None)
                    .ConfigureAwait(false);
                outbox.Record(recipient, channel, result.State, result.Code, clock.GetUtcNow());
                results.Add(result);
            }
        })).ConfigureAwait(false);
        return results;
    }

    private async Task KeepPaceAsync(int tried, long began, CancellationToken cancellation)
    {
        if (options.RatePerSecond <= 0)
            return;
        var due = TimeSpan.FromSeconds(tried / options.RatePerSecond) - clock.GetElapsedTime(began);
        if (due > TimeSpan.Zero)
            await Task.Delay(due, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
