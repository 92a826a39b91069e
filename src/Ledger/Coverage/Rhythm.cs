namespace WhoSaw.Ledger;

/// <summary>
/// What a stream usually logs by hour of the day and hour of the week (UTC) for its pace, and how much more its counts
/// scatter than those of independent lines would. A silence is weighed by the negative binomial's predictive
/// probability of no line: with few days seen, the doubt about the rhythm itself keeps the score down; with many it
/// tends to expected lines divided by dispersion.
/// </summary>
internal sealed class Rhythm
{
    private const int Day = 24;
    private const int Week = 168;
    private static readonly int[] Windows = [10, 30, 60];

    private readonly GapOptions _options;
    private readonly Pace _pace;
    private readonly Slots _day = new(Day);
    private readonly Slots _week = new(Week);
    private readonly Slots _silentInDay = new(Day);
    private readonly Slots _silentInWeek = new(Week);

    /// <summary>Learns from everything but the minutes of <paramref name="excluded"/>, which are sorted.</summary>
    public Rhythm(LineSeries series, IReadOnlyList<Silence> excluded, Pace pace, GapOptions options)
    {
        (_options, _pace) = (options, pace);
        var hours = new HourCounts(series, excluded, pace, options.RushCap);
        for (var hour = hours.First; hour < hours.After; hour++)
        {
            _day.Add(hour, hours.Lines(hour), hours.Minutes(hour), hours.Exposure(hour));
            _week.Add(hour, hours.Lines(hour), hours.Minutes(hour), hours.Exposure(hour));
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
        var (day, week) = (_silentInDay, _silentInWeek);
        day.Clear();
        week.Clear();
        for (var hour = HourCounts.HourOf(silence.First); hour * 60 < silence.After; hour++)
        {
            var (from, to) = (Math.Max(silence.First, hour * 60), Math.Min(silence.After, (hour + 1) * 60));
            var (exposure, inFull) = (_pace.Between(from, to), _pace.InFull(from, to));
            day.Add(hour, inFull, to - from, exposure);
            week.Add(hour, inFull, to - from, exposure);
        }
        var (score, expected) = (0.0, 0.0);
        for (var slot = 0; slot < Week; slot++)
        {
            if (week.Minutes[slot] == 0)
                continue;
            var hour = slot % Day;
            if (Due(_day, hour, learned ? day : null, slot) is not { } due)
                continue;
            if (Due(_week, slot, learned ? week : null, slot) is { } inWeek && inWeek.Score < due.Score)
                due = due with { Score = inWeek.Score };
            score += due.Score;
            expected += due.Lines;
        }
        return (score, expected);
    }

    /// <summary>
    /// What a slot says of an hour of the week of the silence; null when it was hardly seen but for what is left out.
    /// </summary>
    private (double Score, double Lines)? Due(Slots usual, int slot, Slots? leftOut, int hourOfWeek)
    {
        var silent = _silentInWeek;
        var minutes = usual.Minutes[slot] - (leftOut?.Minutes[slot] ?? 0);
        if (minutes < _options.KnownMinutes)
            return null;
        // The siblings' rush is none of the stream's own.
        var exposure = usual.Exposure[slot] - (leftOut?.Exposure[slot] ?? 0);
        var most = _options.RushCap * exposure / minutes * silent.Minutes[hourOfWeek];
        var counted = Math.Min(silent.Exposure[hourOfWeek], most);
        var lines = usual.Lines[slot];
        return (lines / Dispersion * Math.Log(1 + counted / (exposure + 1)),
            lines / Math.Max(1, exposure) * silent.Lines[hourOfWeek]);
    }

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
            var slot = Slots.Of(hour, Day);
            var expected = _day.Lines[slot] / Math.Max(1, _day.Exposure[slot]) * _pace.Between(start, start + window);
            squares += (lines - expected) * (lines - expected);
            expectations += expected;
        }
        return expectations > 0 ? squares / expectations : 1;
    }

    /// <summary>
    /// Lines, minutes and pace by hour of the day or of the week. Of a silence the lines are those of its pace in full.
    /// </summary>
    private sealed class Slots(int count)
    {
        public double[] Lines { get; } = new double[count];
        public long[] Minutes { get; } = new long[count];
        public double[] Exposure { get; } = new double[count];

        public void Add(long hour, double lines, long minutes, double exposure)
        {
            var slot = Of(hour, count);
            Lines[slot] += lines;
            Minutes[slot] += minutes;
            Exposure[slot] += exposure;
        }

        public void Clear()
        {
            Array.Clear(Lines);
            Array.Clear(Minutes);
            Array.Clear(Exposure);
        }

        public static int Of(long hour, int count) => (int)((hour % count + count) % count);
    }
}
