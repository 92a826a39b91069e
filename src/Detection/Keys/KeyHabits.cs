using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Detection.Keys;

/// <summary>
/// How much each key signs, by day and by stream, against what it did before and what it does elsewhere.
/// </summary>
internal sealed class KeyHabits
{
    private const int LeastSessions = 10;

    private readonly IReadOnlyList<KeyUse> _uses;
    private readonly KeyCustodyOptions _options;
    private readonly SortedDictionary<int, long> _byDay = [];
    private readonly Dictionary<int, long> _byStream = [];
    private readonly long _all;

    public KeyHabits(IReadOnlyList<KeyUse> uses, KeyCustodyOptions options)
    {
        (_uses, _options) = (uses, options);
        foreach (var use in uses)
        {
            foreach (var (day, sessions) in use.SessionsByDay)
                _byDay[day] = _byDay.GetValueOrDefault(day) + sessions;
            foreach (var (stream, sessions) in use.SessionsByStream)
                _byStream[stream] = _byStream.GetValueOrDefault(stream) + sessions;
        }
        _all = _byDay.Values.Sum();
    }

    /// <param name="Before">Its share of the sessions of the days before.</param>
    public sealed record Grown(int Day, long Sessions, long All, double Before);

    /// <param name="Stream">Number of the stream that had it least, by what it signs elsewhere.</param>
    public sealed record Stream(int Number, long Sessions, long All, double Elsewhere);

    public double ShareOf(KeyUse use) => _all == 0 ? 0 : (double)use.SessionsByDay.Values.Sum() / _all;

    /// <summary>
    /// The first day on which a key that used to sign little, a backup key, signed far more; null when there is none. A
    /// key that is being introduced grows by right.
    /// </summary>
    public Grown? Growth(KeyUse use)
    {
        var since = use.Created?.DayNumber ?? use.All.First.DayNumber;
        long mine = 0, all = 0;
        var days = 0;
        foreach (var (day, sessions) in _byDay)
        {
            var today = use.SessionsByDay.GetValueOrDefault(day);
            var before = (mine + 1.0) / (all + 2.0);
            if (days >= _options.DaysToLearn && day - since >= _options.IntroductionDays && today >= LeastSessions
                && before < 0.2
                && Chance.BinomialTail(sessions, today, Math.Min(1, _options.Growth * before))
                    + Math.Log((double)_uses.Count * _byDay.Count) <= Math.Log(_options.FalseAlarms))
                return new Grown(day, today, sessions, before);
            (mine, all, days) = (mine + today, all + sessions, days + 1);
        }
        return null;
    }

    /// <summary>
    /// A stream in which a key signs although it hardly ever does there: other streams have far more of it than chance
    /// makes of an even spread. Null when there is none, or when a few streams are all.
    /// </summary>
    public Stream? NewStream(KeyUse use)
    {
        var mine = use.SessionsByDay.Values.Sum();
        foreach (var (stream, sessions) in use.SessionsByStream.OrderBy(stream => stream.Key))
        {
            var (here, others) = (_byStream[stream], _all - _byStream[stream]);
            // The many belong elsewhere; the few that came here are the odd ones.
            if (sessions * 20 > mine || others == 0)
                continue;
            var elsewhere = (double)(mine - sessions) / others;
            if (Missing(here, sessions, elsewhere) + Math.Log((double)_uses.Count * _byStream.Count)
                <= Math.Log(_options.FalseAlarms))
                return new Stream(stream, sessions, here, elsewhere);
        }
        return null;
    }

    // So few or fewer of that many, at that rate.
    private static double Missing(long trials, long hits, double rate) =>
        Chance.BinomialTail(trials, trials - hits, 1 - rate);
}
