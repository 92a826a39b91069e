namespace WhoSaw.Ledger;

/// <summary>
/// By what a stream's lines are measured: by time, or by the lines that the other streams of its source logged
/// meanwhile. A sale, an attack or a night that all of them share cancels in the second.
/// </summary>
internal sealed class Pace
{
    public static readonly Pace Time = new([], null);

    private readonly long[] _minutes;
    private readonly double[] _counted;
    private readonly double[] _logged;

    private Pace(ReadOnlySpan<long> minutes, HourCounts? source)
    {
        _minutes = minutes.ToArray();
        (_counted, _logged) = (new double[minutes.Length + 1], new double[minutes.Length + 1]);
        Source = source;
    }

    /// <summary>All streams together, by which a rush counts less for the siblings and the stream alike.</summary>
    public HourCounts? Source { get; }

    public static Pace Of(LineSeries siblings, HourCounts source)
    {
        var pace = new Pace(siblings.Minutes, source);
        for (var i = 0; i < pace._minutes.Length; i++)
        {
            var lines = siblings.Lines[i];
            pace._logged[i + 1] = pace._logged[i] + lines;
            pace._counted[i + 1] = pace._counted[i] + lines * source.Thinning(HourCounts.HourOf(pace._minutes[i]));
        }
        return pace;
    }

    /// <summary>Minutes, or lines of the siblings, from one minute to before another.</summary>
    public double Between(long first, long after) => Between(_counted, first, after);

    /// <summary>The same with all lines of a rush.</summary>
    public double InFull(long first, long after) => Between(_logged, first, after);

    private double Between(double[] before, long first, long after) =>
        this == Time ? after - first : before[IndexOf(after)] - before[IndexOf(first)];

    private int IndexOf(long minute)
    {
        var place = Array.BinarySearch(_minutes, minute);
        return place < 0 ? ~place : place;
    }
}
