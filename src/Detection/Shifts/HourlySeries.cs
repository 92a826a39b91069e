using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Detection.Shifts;

/// <summary>
/// A count by the hour beside the site's other traffic. What is compared is how far each is above what the same hour of
/// the week had (of the day, while there are fewer than three such weeks): a sale lifts both, and cancels. The rest, in
/// robust standard deviations, is added up by a one-sided CUSUM (Page 1954).
/// </summary>
internal sealed class HourlySeries
{
    // What a residual must exceed to add up, what one hour adds at most, and the sum that is an alarm: three hours at
    // least, and by chance once in e^(2·1·12) hours were residuals normal.
    private const double Allowance = 1;
    private const double MostAnHour = 5;
    private const double Limit = 12;

    private const int Weeks = 8;
    private const int LeastSame = 3;
    private const double LeastSpread = 0.25;
    private const int LeastExcess = 20;

    private readonly Dictionary<long, (int Count, int Others)> _hours = [];
    private readonly List<double> _residuals = [];
    private readonly List<Alarm> _alarms = [];
    private double _sum;
    private long _since;
    private double _expected;
    private double _counted;
    private bool _raised;

    /// <param name="Counted">In these hours together.</param>
    /// <param name="Expected">What the same hours had before, for the traffic that there was.</param>
    public sealed record Alarm(EventTime From, EventTime To, EventTime Raised, double Counted, double Expected)
    {
        public string Words(string what) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted:N0} {what} within {(To - From) / EventTime.Hour:N0} hours; {Expected:N0} are usual for these ")
            + "hours of the week and the other traffic of the site.";

        public Evidence Evidence(string what)
        {
            var hours = Math.Max(1, (To - From) / EventTime.Hour);
            return new Evidence(
                what, (Counted / hours).ToString("0.#", CultureInfo.InvariantCulture),
                (Expected / hours).ToString("0.#", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Stretches in which the sum was above the limit, and the one that still is.</summary>
    public IReadOnlyList<Alarm> Alarms => _alarms;

    /// <summary>An hour that is over; hours come in order, and may be missing.</summary>
    public void Add(long hour, int count, int others)
    {
        if (Expect(hour, count, others) is var (expected, deviation, residual))
        {
            Step(hour, count, expected, residual / deviation);
            _residuals.Add(residual);
            if (_residuals.Count > 1000)
                _residuals.RemoveRange(0, 500);
        }
        _hours[hour] = (count, others);
        _hours.Remove(hour - (Weeks + 1) * 168);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_hours.Count);
        foreach (var (hour, (count, others)) in _hours.OrderBy(hour => hour.Key))
        {
            state.Write(hour);
            state.Write(count);
            state.Write(others);
        }
        state.Write(_residuals.Count);
        foreach (var residual in _residuals)
            state.Write(residual);
        state.Write(_alarms.Count);
        foreach (var alarm in _alarms)
        {
            state.Write(alarm.From.Microseconds);
            state.Write(alarm.To.Microseconds);
            state.Write(alarm.Raised.Microseconds);
            state.Write(alarm.Counted);
            state.Write(alarm.Expected);
        }
        state.Write(_sum);
        state.Write(_since);
        state.Write(_expected);
        state.Write(_counted);
        state.Write(_raised);
    }

    public void Restore(BinaryReader state)
    {
        for (var left = state.ReadInt32(); left > 0; left--)
            _hours.Add(state.ReadInt64(), (state.ReadInt32(), state.ReadInt32()));
        for (var left = state.ReadInt32(); left > 0; left--)
            _residuals.Add(state.ReadDouble());
        for (var left = state.ReadInt32(); left > 0; left--)
            _alarms.Add(new Alarm(
                new EventTime(state.ReadInt64()), new EventTime(state.ReadInt64()), new EventTime(state.ReadInt64()),
                state.ReadDouble(), state.ReadDouble()));
        (_sum, _since) = (state.ReadDouble(), state.ReadInt64());
        (_expected, _counted, _raised) = (state.ReadDouble(), state.ReadDouble(), state.ReadBoolean());
    }

    /// <summary>Null while there is nothing to compare the hour with.</summary>
    private (double Expected, double Deviation, double Residual)? Expect(long hour, int count, int others)
    {
        var same = Same(hour, 168, Weeks);
        if (same.Count < LeastSame)
            same = Same(hour, 24, 14);
        if (same.Count < LeastSame || others == 0)
            return null;
        var usual = Median(same.Select(h => (double)h.Count));
        var usualOthers = Median(same.Select(h => (double)h.Others));
        var traffic = Math.Log((others + 1) / (usualOthers + 1));
        var residual = Math.Log((count + 1) / (usual + 1)) - traffic;
        var centre = Median(_residuals);
        var spread = Math.Max(LeastSpread, 1.4826 * Median(_residuals.Select(r => Math.Abs(r - centre))));
        // Counts scatter by themselves: the variance of the logarithm of a Poisson count is about one over its mean.
        var deviation = Math.Sqrt(spread * spread + 1 / (usual + 1) + 1 / (usualOthers + 1));
        return ((usual + 1) * Math.Exp(traffic) - 1, deviation, residual);
    }

    private void Step(long hour, int count, double expected, double deviations)
    {
        var step = Math.Min(deviations, MostAnHour) - Allowance;
        if (_sum == 0)
            (_since, _expected, _counted) = (hour, 0, 0);
        _sum = Math.Max(0, _sum + step);
        if (_sum == 0)
        {
            _raised = false;
            return;
        }
        if (step <= 0)
            return;
        _expected += Math.Max(0, expected);
        _counted += count;
        if (_sum <= Limit || _counted - _expected < LeastExcess)
            return;
        var alarm = new Alarm(At(_since), At(hour + 1), At(hour + 1), _counted, _expected);
        if (_raised)
            _alarms[^1] = alarm with { Raised = _alarms[^1].Raised };
        else
            _alarms.Add(alarm);
        _raised = true;
        // A long alarm must be able to end.
        _sum = Math.Min(_sum, 2 * Limit);
    }

    private List<(int Count, int Others)> Same(long hour, int apart, int most)
    {
        var same = new List<(int, int)>();
        for (var back = 1; back <= most; back++)
            if (_hours.TryGetValue(hour - (long)back * apart, out var before))
                same.Add(before);
        return same;
    }

    private static EventTime At(long hour) => EventTime.FromMinute(hour * 60);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0
            : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2]
            : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
