using System.Globalization;

namespace WhoSaw.Records;

/// <summary>A moment as a log states it: microseconds since 1970-01-01T00:00:00Z. Never the wall clock.</summary>
public readonly record struct EventTime(long Microseconds) : IComparable<EventTime>
{
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static readonly EventTime Earliest = new(long.MinValue);
    public static readonly EventTime Latest = new(long.MaxValue);

    /// <summary>Whole minutes since the epoch, rounded down: the unit of coverage.</summary>
    public long MinuteNumber => FloorDivide(Microseconds, Minute);

    /// <summary>Whole UTC days since the epoch, rounded down: the unit of segments.</summary>
    public int DayNumber => (int)FloorDivide(Microseconds, Day);

    public static EventTime FromMinute(long minute) => new(minute * Minute);

    public static EventTime From(DateTimeOffset time) =>
        new(FloorDivide(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond));

    /// <summary>
    /// The UTC calendar form; throws <see cref="ArgumentOutOfRangeException"/> outside the years 1 to 9999.
    /// </summary>
    public DateTimeOffset ToUtc()
    {
        // beyond the calendar the product of ticks would wrap around to some date that looks real
        ArgumentOutOfRangeException.ThrowIfLessThan(Microseconds, FirstOfCalendar);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Microseconds, LastOfCalendar);
        return DateTimeOffset.UnixEpoch.AddTicks(Microseconds * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Later by so much, but never past <see cref="Latest"/> or before <see cref="Earliest"/>.</summary>
    public EventTime Plus(long microseconds) => new(AddWithinRange(Microseconds, microseconds));

    /// <summary>Microseconds between the two; the largest number where it would be larger still.</summary>
    public static long operator -(EventTime later, EventTime earlier) =>
        earlier.Microseconds == long.MinValue
            ? later.Microseconds < 0 ? later.Microseconds - earlier.Microseconds : long.MaxValue
            : AddWithinRange(later.Microseconds, -earlier.Microseconds);

    public static bool operator <(EventTime left, EventTime right) => left.Microseconds < right.Microseconds;
    public static bool operator >(EventTime left, EventTime right) => left.Microseconds > right.Microseconds;
    public static bool operator <=(EventTime left, EventTime right) => left.Microseconds <= right.Microseconds;
    public static bool operator >=(EventTime left, EventTime right) => left.Microseconds >= right.Microseconds;

    public int CompareTo(EventTime other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>
    /// RFC 3339 in UTC with as many of six sub-second digits as are not zero (three at least, or none).
    /// </summary>
    public override string ToString()
    {
        var format = (Microseconds % Second) switch
        {
            0 => "yyyy-MM-ddTHH:mm:ssZ",
            var rest when rest % 1000 == 0 => "yyyy-MM-ddTHH:mm:ss.fffZ",
            _ => "yyyy-MM-ddTHH:mm:ss.ffffffZ",
        };
        return ToUtc().UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    private static readonly long FirstOfCalendar = From(DateTimeOffset.MinValue).Microseconds;
    private static readonly long LastOfCalendar = From(DateTimeOffset.MaxValue).Microseconds;

    private static long AddWithinRange(long value, long added)
    {
        var sum = value + added;
        var overflows = ((value ^ sum) & (added ^ sum)) < 0;
        return !overflows ? sum : added < 0 ? long.MinValue : long.MaxValue;
    }

    private static long FloorDivide(long value, long unit)
    {
        var quotient = value / unit;
        return value % unit < 0 ? quotient - 1 : quotient;
    }
}
