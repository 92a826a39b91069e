using WhoSaw.Records;

namespace WhoSaw.Detection.Answers;

/// <summary>Hours in a row in which nearly every answer is longer, or shorter, than nearly every one before.</summary>
internal sealed record AnswerRun(bool IsLonger, long FromHour, long ToHour, long RaisedHour, Sizes Before, Sizes During)
{
    public double Ratio =>
        Sizes.LowOf(During.Quantile(0.5)) / Sizes.LowOf(Before.Quantile(0.5));
}

/// <summary>The answers of one operation by hour, and the runs in which their length is another.</summary>
internal sealed class OperationAnswers
{
    private const double Nearly = 0.9;
    private const int LeastInHour = 3;
    private const int LongestMemory = 24 * 60;

    private readonly SortedDictionary<long, Sizes> _hours = [];
    private readonly Sizes _past = new();

    public long Answers { get; private set; }
    public long ToOthers { get; private set; }

    public void See(EventTime time, double bytes, bool isToOther)
    {
        var hour = time.Microseconds / EventTime.Hour;
        if (!_hours.TryGetValue(hour, out var sizes))
        {
            _hours.Add(hour, sizes = new Sizes());
            // what is older is ordinary by now, and needs no hour of its own
            while (_hours.Count > LongestMemory)
            {
                var (oldest, old) = _hours.First();
                _past.Add(old);
                _hours.Remove(oldest);
            }
        }
        sizes.Add(bytes);
        Answers++;
        ToOthers += isToOther ? 1 : 0;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(Answers);
        state.Write(ToOthers);
        _past.Save(state);
        state.Write(_hours.Count);
        foreach (var (hour, sizes) in _hours)
        {
            state.Write(hour);
            sizes.Save(state);
        }
    }

    public static OperationAnswers Restore(BinaryReader state)
    {
        var answers = new OperationAnswers { Answers = state.ReadInt64(), ToOthers = state.ReadInt64() };
        answers._past.Add(Sizes.Restore(state));
        for (var left = state.ReadInt32(); left > 0; left--)
            answers._hours.Add(state.ReadInt64(), Sizes.Restore(state));
        return answers;
    }

    public IEnumerable<AnswerRun> Runs(int leastBefore, int leastAfter)
    {
        var before = new Sizes();
        before.Add(_past);
        // The hour before a change may hold some of it already: it is ordinary once the next one is.
        Sizes? latest = null;
        AnswerRun? run = null;
        foreach (var (hour, sizes) in _hours)
        {
            if (before.Count < leastBefore || sizes.Count < LeastInHour)
            {
                (run?.During ?? before).Add(sizes);
                continue;
            }
            var isLonger = sizes.ShareAbove(before.Quantile(0.95)) >= Nearly;
            var isShorter = !isLonger && sizes.ShareBelow(before.Quantile(0.05)) >= Nearly;
            if (run is not null && (isLonger || isShorter) && isLonger == run.IsLonger)
            {
                var isEnough = run.During.Count < leastAfter;
                run.During.Add(sizes);
                run = run with
                {
                    ToHour = hour,
                    RaisedHour = isEnough && run.During.Count >= leastAfter ? hour : run.RaisedHour,
                };
                continue;
            }
            if (run is not null && run.During.Count >= leastAfter)
                yield return run;
            run = null;
            if (isLonger || isShorter)
            {
                run = new AnswerRun(isLonger, hour, hour, hour, before.Copy(), sizes.Copy());
                latest = null;
                continue;
            }
            if (latest is not null)
                before.Add(latest);
            latest = sizes;
        }
        if (run is not null && run.During.Count >= leastAfter)
            yield return run;
    }
}
