namespace WhoSaw.Cli.Pages;

/// <summary>
/// A row of bars, one a day; where the days do not fit, one for several days, showing the highest of them.
/// </summary>
internal sealed record Sparkline(string Bars, int DaysPerBar)
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const char Nothing = '·';

    public static Sparkline Of(IReadOnlyList<long> days, int width)
    {
        var perBar = Math.Max(1, (days.Count + width - 1) / Math.Max(1, width));
        var bars = days.Chunk(perBar).Select(chunk => chunk.Max()).ToList();
        var highest = Math.Max(1, bars.Count == 0 ? 0 : bars.Max());
        var between = bars.Count * 2 <= width ? " " : "";
        return new Sparkline(string.Join(between, bars.Select(bar => Level(bar, highest))), perBar);
    }

    private static char Level(long value, long highest) => value <= 0
        ? Nothing
        : Levels[Math.Clamp((int)Math.Ceiling(value * (double)Levels.Length / highest) - 1, 0, Levels.Length - 1)];
}
