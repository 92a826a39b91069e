namespace WhoSaw.Cli.Watching;

/// <summary>
/// When the evidence is looked at as a whole. A new fact is looked at almost at once; what has to be weighed as often
/// as looking costs little beside the reading: at most a twentieth of the time.
/// </summary>
internal sealed class ConcludePace(TimeProvider clock)
{
    private static readonly TimeSpan SoonestForFact = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private const int FactShare = 4, Share = 20;

    private long _began = clock.GetTimestamp();
    private TimeSpan _cost;
    private long _facts;

    /// <param name="facts">What the detectors count as said at once.</param>
    /// <param name="isNew">Rows came since the last look.</param>
    public bool IsDue(long facts, bool isNew)
    {
        var since = clock.GetElapsedTime(_began);
        return facts != _facts ? since >= Longer(SoonestForFact, _cost * FactShare)
            : isNew && since >= Longer(Soonest, _cost * Share);
    }

    public T Measure<T>(long facts, Func<T> look)
    {
        (_facts, _began) = (facts, clock.GetTimestamp());
        var result = look();
        _cost = clock.GetElapsedTime(_began);
        return result;
    }

    /// <summary>What the last look took.</summary>
    public TimeSpan Cost => _cost;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
