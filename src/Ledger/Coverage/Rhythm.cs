namespace WhoSaw.Ledger;

/// <summary>
/// What a stream usually logs by hour of the day and hour of the week (UTC), and how much more its counts scatter
/// than those of independent lines would. A silence is weighed by the negative binomial's predictive probability of
/// no line: with few days seen, the doubt about the rhythm itself keeps the score down; with many it tends to
/// expected lines divided by dispersion.
/// </summary>
internal sealed class Rhythm
{
    private const int Day = 24;
    private const int Week = 168;
    private static readonly int[] Windows = [10, 30, 60];

    private readonly GapOptions _options;
    private readonly double[] _dayLines = new double[Day];
    private readonly long[] _dayMinutes = new long[Day];
    private readonly double[] _weekLines = new double[Week];
    private readonly long[] _weekMinutes = new long[Week];

    /// <summary>Learns from everything but the minutes of <paramref name="excluded"/>, which are sorted.</summary>
    public Rhythm(LineSeries series, IReadOnlyList<Silence> excluded, GapOptions options)
    {
        _options = options;
        var hours = new HourCounts(series, excluded, options.RushCap);
        for (var hour = hours.First; hour < hours.After; hour++)
        {
            var (day, week) = (Slot(hour, Day), Slot(hour, Week));
            _dayLines[day] += hours.Lines(hour);
            _dayMinutes[day] += hours.Minutes(hour);
            _weekLines[week] += hours.Lines(hour);
            _weekMinutes[week] += hours.Minutes(hour);
        }
        Dispersion = Math.Max(1, Windows.Max(window => DispersionOver(series, hours, excluded, window)));
    }

    /// <summary>
    /// The index of dispersion of the counts against expectation, at least 1: how many lines come as one.
    /// </summary>
    public double Dispersion { get; }

    /// <summary>Minus the logarithm of the probability of such a silence, and the lines it would have had.</summary>
    /// <param name="learned">True when the rhythm was learned from this silence too, which then is left out.</param>
    public (double Score, double Expected) Weigh(Silence silence, bool learned)
    {
        Span<long> week = stackalloc long[Week];
        Span<long> day = stackalloc long[Day];
        week.Clear();
        day.Clear();
        for (var hour = HourCounts.HourOf(silence.First); hour * 60 < silence.After; hour++)
        {
            var minutes = Math.Min(silence.After, (hour + 1) * 60) - Math.Max(silence.First, hour * 60);
            week[Slot(hour, Week)] += minutes;
            day[Slot(hour, Day)] += minutes;
        }
        var (score, expected) = (0.0, 0.0);
        for (var slot = 0; slot < Week; slot++)
        {
            if (week[slot] == 0)
                continue;
            var hour = slot % Day;
            var dayMinutes = _dayMinutes[hour] - (learned ? day[hour] : 0);
            if (dayMinutes < _options.KnownMinutes)
                continue;
            var slotScore = NoLine(_dayLines[hour], dayMinutes, week[slot]);
            var weekMinutes = _weekMinutes[slot] - (learned ? week[slot] : 0);
            if (weekMinutes >= _options.KnownMinutes)
                slotScore = Math.Min(slotScore, NoLine(_weekLines[slot], weekMinutes, week[slot]));
            score += slotScore;
            expected += _dayLines[hour] / dayMinutes * week[slot];
        }
        return (score, expected);
    }

    private double NoLine(double lines, long minutes, long silent) =>
        lines / Dispersion * Math.Log(1 + (double)silent / (minutes + 1));

    private double DispersionOver(LineSeries series, HourCounts hours, IReadOnlyList<Silence> excluded, int window)
    {
        var (squares, expectations) = (0.0, 0.0);
        var (next, skip) = (0, 0);
        var minutes = series.Minutes;
        for (var start = series.Start / window * window + window; start + window <= series.End; start += window)
        {
            while (skip < excluded.Count && excluded[skip].After <= start)
                skip++;
            if (skip < excluded.Count && excluded[skip].First < start + window)
                continue;
            while (next < minutes.Length && minutes[next] < start)
                next++;
            var hour = HourCounts.HourOf(start);
            var lines = 0.0;
            for (var i = next; i < minutes.Length && minutes[i] < start + window; i++)
                lines += series.Lines[i];
            lines *= hours.Thinning(hour);
            var slot = Slot(hour, Day);
            var expected = _dayLines[slot] / Math.Max(1, _dayMinutes[slot]) * window;
            squares += (lines - expected) * (lines - expected);
            expectations += expected;
        }
        return expectations > 0 ? squares / expectations : 1;
    }

    private static int Slot(long hour, int slots) => (int)((hour % slots + slots) % slots);
}
