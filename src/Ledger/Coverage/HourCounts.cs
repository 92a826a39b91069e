namespace WhoSaw.Ledger;

/// <summary>
/// A stream's lines by hour, in which a rush (a sale, an attack) counts only up to a multiple of that hour's usual:
/// otherwise one rush would hide every silence of the stream behind its scatter.
/// </summary>
internal sealed class HourCounts
{
    private const double AlwaysFine = 30;
    private readonly double[] _lines;
    private readonly double[] _thinning;
    private readonly int[] _minutes;
    private readonly double[] _exposure;

    public HourCounts(LineSeries series, IReadOnlyList<Silence> excluded, Pace pace, double rushCap)
    {
        First = HourOf(series.Start);
        After = HourOf(series.End - 1) + 1;
        _lines = new double[After - First];
        _minutes = new int[After - First];
        _exposure = new double[After - First];
        _thinning = new double[After - First];
        for (var i = 0; i < series.Minutes.Length; i++)
            _lines[HourOf(series.Minutes[i]) - First] += series.Lines[i];
        Observe(series.Start, series.End, pace, 1);
        foreach (var silence in excluded)
            Observe(silence.First, silence.After, pace, -1);
        if (pace.Source is null)
            for (var hourOfDay = 0; hourOfDay < 24; hourOfDay++)
                Thin(hourOfDay, rushCap);
        else
            for (var hour = First; hour < After; hour++)
                _thinning[hour - First] = pace.Source.Thinning(hour);
    }

    public long First { get; }
    public long After { get; }

    /// <summary>The hour of a minute, both since the epoch, rounded down.</summary>
    public static long HourOf(long minute) => minute >= 0 ? minute / 60 : -((59 - minute) / 60);

    public double Lines(long hour) => _lines[hour - First] * _thinning[hour - First];

    public int Minutes(long hour) => _minutes[hour - First];

    /// <summary>The same minutes, measured by the pace.</summary>
    public double Exposure(long hour) => _exposure[hour - First];

    /// <summary>By how much the hour's lines are scaled down; 1 for all but a rush.</summary>
    public double Thinning(long hour) => _thinning[hour - First];

    private static bool IsHourOfDay(long hour, int hourOfDay) => (hour - hourOfDay) % 24 == 0;

    private void Observe(long first, long after, Pace pace, int sign)
    {
        for (var hour = HourOf(first); hour * 60 < after; hour++)
        {
            var (from, to) = (Math.Max(first, hour * 60), Math.Min(after, (hour + 1) * 60));
            _minutes[hour - First] += sign * (int)(to - from);
            _exposure[hour - First] += sign * pace.Between(from, to);
        }
    }

    private void Thin(int hourOfDay, double rushCap)
    {
        var rates = new List<double>();
        for (var i = 0; i < _lines.Length; i++)
            if (IsHourOfDay(First + i, hourOfDay) && _minutes[i] >= 30)
                rates.Add(_lines[i] / _minutes[i]);
        rates.Sort();
        var median = rates.Count == 0 ? double.MaxValue / 120 : rates[rates.Count / 2];
        for (var i = 0; i < _lines.Length; i++)
        {
            if (!IsHourOfDay(First + i, hourOfDay))
                continue;
            var most = Math.Max(AlwaysFine, rushCap * median * _minutes[i]);
            _thinning[i] = _lines[i] > most ? most / _lines[i] : 1;
        }
    }
}
