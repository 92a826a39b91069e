using System.Globalization;
using System.Text;

namespace WhoSaw.Bench.Synthetic;

/// <summary>
/// The time of each line: 25 a second on average, four in the night against 45 in the evening, so that two million
/// lines are about a day. Second resolution, zone +09:00, from 11 April 2025 on.
/// </summary>
public sealed class Rhythm
{
    private const string Format = "dd/MMM/yyyy:HH:mm:ss +0900";
    private const double LinesPerSecond = 25;

    // share of the day's average, by hour
    private static readonly double[] Share =
    [
        0.55, 0.32, 0.20, 0.16, 0.17, 0.28, 0.55, 0.90, 1.15, 1.25, 1.30, 1.35,
        1.45, 1.30, 1.20, 1.20, 1.20, 1.25, 1.35, 1.50, 1.70, 1.80, 1.45, 0.97,
    ];

    private static readonly DateTime Start = new(2025, 4, 11, 0, 0, 0, DateTimeKind.Unspecified);
    private readonly byte[] _stamp = new byte[26];
    private double _seconds;
    private long _shown = -1;

    /// <summary>Moves to the next line's time.</summary>
    public void Step(Dice dice)
    {
        var hour = (int)((long)_seconds / 3600 % 24);
        _seconds += 2 * dice.Unit() / (LinesPerSecond * Share[hour]);
    }

    /// <summary><c>11/Apr/2025:00:00:00 +0900</c></summary>
    public ReadOnlySpan<byte> Stamp
    {
        get
        {
            if ((long)_seconds != _shown)
            {
                _shown = (long)_seconds;
                var time = Start.AddSeconds(_shown);
                Encoding.ASCII.GetBytes(time.ToString(Format, CultureInfo.InvariantCulture), _stamp);
            }
            return _stamp;
        }
    }
}
