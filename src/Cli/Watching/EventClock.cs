using WhoSaw.Records;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// What time it is by the logs: that of the newest line, and what passed on the clock since it came. So a watch of logs
/// whose clocks are off, or that are written anew from an old day, knows what is late and what is not.
/// </summary>
internal sealed class EventClock(TimeProvider clock)
{
    private EventTime _newest = EventTime.Earliest;
    private long _seen;

    public void See(EventTime time)
    {
        if (time <= _newest)
            return;
        (_newest, _seen) = (time, clock.GetTimestamp());
    }

    /// <summary>Earliest before the first line.</summary>
    public EventTime Now => _newest == EventTime.Earliest ? _newest
        : _newest.Plus((long)clock.GetElapsedTime(_seen).TotalMicroseconds);
}
