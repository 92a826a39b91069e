namespace WhoSaw.Ledger;

/// <summary>
/// A stream's lines a minute, only the minutes that have any; observed from its first line to <see cref="End"/>.
/// </summary>
internal sealed class LineSeries
{
    private readonly long[] _minutes;
    private readonly double[] _lines;

    /// <param name="minutes">Ascending, at least one.</param>
    /// <param name="end">The first minute after the observation.</param>
    public LineSeries(long[] minutes, double[] lines, long end)
    {
        (_minutes, _lines, End) = (minutes, lines, end);
    }

    public long Start => _minutes[0];
    public long End { get; }
    public ReadOnlySpan<long> Minutes => _minutes;
    public ReadOnlySpan<double> Lines => _lines;

    /// <summary>The silences between lines, and the one at the end, as minutes without any line.</summary>
    public IEnumerable<Silence> Silences()
    {
        for (var i = 1; i < _minutes.Length; i++)
            if (_minutes[i] > _minutes[i - 1] + 1)
                yield return new Silence(_minutes[i - 1] + 1, _minutes[i], AtEnd: false);
        if (End > _minutes[^1] + 1)
            yield return new Silence(_minutes[^1] + 1, End, AtEnd: true);
    }
}

/// <summary>Minutes without a line: from <paramref name="First"/>, before <paramref name="After"/>.</summary>
internal readonly record struct Silence(long First, long After, bool AtEnd)
{
    public long Minutes => After - First;

    public bool Overlaps(Silence other) => First < other.After && other.First < After;
}
