using System.Globalization;

namespace WhoSaw.Scenarios.Worlds;

/// <summary>
/// Times of a world: milliseconds since the first midnight of its logs, in Korean time, which has no summer time.
/// </summary>
internal sealed class Clock(DateOnly start)
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    public const string Zone = "+09:00";
    public const int SlicesInDay = 144;
    public const long Slice = Day / SlicesInDay;

    public DateOnly Start { get; } = start;

    public static int DayOf(long at) => (int)Math.DivRem(at - (at % Day + Day) % Day, Day).Quotient;

    public DateOnly DateOf(int day) => Start.AddDays(day);

    public int DayOf(DateOnly date) => date.DayNumber - Start.DayNumber;

    public DayOfWeek WeekdayOf(int day) => DateOf(day).DayOfWeek;

    public bool IsWeekend(int day) => WeekdayOf(day) is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>RFC 3339 with milliseconds and the zone.</summary>
    public string Text(long at) => Start.ToDateTime(TimeOnly.MinValue).AddMilliseconds(at)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'" + Zone + "'", CultureInfo.InvariantCulture);

    public string FileDate(int day) => DateOf(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
