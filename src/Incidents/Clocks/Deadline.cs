using NodaTime;

namespace WhoSaw.Incidents.Clocks;

/// <summary>How a period of the law is counted.</summary>
public enum DeadlineKind
{
    /// <summary>
    /// From the very minute, through nights, weekends, holidays and changes of the clock (Civil Code of Korea 156; for
    /// the EU see the remark in laws/eu.json).
    /// </summary>
    Hours,

    /// <summary>Whole days; ends with the end of the last one.</summary>
    CalendarDays,

    /// <summary>
    /// Days that are neither Saturday, Sunday nor a public holiday, the day of the start not counted.
    /// </summary>
    BusinessDays,

    /// <summary>To the end of the day of the same number, or of the month's last day where it has none.</summary>
    Months,

    /// <summary>Without delay: no number is given, and the clock shows how long it has been.</summary>
    AtOnce,

    /// <summary>Something must stay for so many days, by hours and by whole days after the first, whichever ends
    /// later.</summary>
    KeepDays,
}

/// <summary>Whether the day on which a period begins is one of its days.</summary>
public enum FirstDay
{
    Excluded,

    /// <summary>Counted only when the period begins at midnight sharp (Civil Code of Korea 157).</summary>
    ExcludedUnlessMidnight,
    Included,
}

/// <summary>The end of a period.</summary>
/// <param name="At">The first instant that is too late is the one after it.</param>
/// <param name="Day">The day at whose end it is due; null where it is due at a minute.</param>
public readonly record struct DueTime(Instant At, LocalDate? Day);

/// <summary>A period of the law.</summary>
public sealed record Deadline(DeadlineKind Kind, int N, int? UpTo, FirstDay FirstDay, bool Rolls)
{
    /// <summary>When the period ends that begins at this instant.</summary>
    /// <param name="holidays">Must know the years that are touched where working days matter; throws
    /// <see cref="HolidaysUnknownException"/> where it does not.</param>
    public DueTime From(Instant start, DateTimeZone zone, WorkingDays holidays)
    {
        var local = start.InZone(zone);
        switch (Kind)
        {
            case DeadlineKind.Hours:
                return new DueTime(start + Duration.FromHours(N), null);
            case DeadlineKind.AtOnce:
                return new DueTime(start, null);
            case DeadlineKind.CalendarDays:
                return EndOf(Rolled(LastDay(local, N), holidays), zone);
            case DeadlineKind.Months:
                return EndOf(Rolled(local.Date.PlusMonths(N), holidays), zone);
            case DeadlineKind.BusinessDays:
                var day = local.Date;
                for (var left = N; left > 0;)
                {
                    day = day.PlusDays(1);
                    if (holidays.IsWorkingDay(day))
                        left--;
                }
                return EndOf(day, zone);
            case DeadlineKind.KeepDays:
                var byHours = start + Duration.FromHours(24 * N);
                var byDays = EndOf(local.Date.PlusDays(N), zone);
                return byDays.At >= byHours ? byDays : new DueTime(byHours, null);
            default:
                throw new InvalidOperationException($"there is no period {Kind}");
        }
    }

    /// <summary>The last day of the range where a guideline names one; null otherwise.</summary>
    public DueTime? Latest(Instant start, DateTimeZone zone, WorkingDays holidays) =>
        UpTo is { } most ? (this with { N = most, UpTo = null }).From(start, zone, holidays) : null;

    private LocalDate LastDay(ZonedDateTime start, int days) => FirstDay switch
    {
        FirstDay.Included => start.Date.PlusDays(days - 1),
        FirstDay.ExcludedUnlessMidnight when start.TimeOfDay == LocalTime.Midnight => start.Date.PlusDays(days - 1),
        _ => start.Date.PlusDays(days),
    };

    private LocalDate Rolled(LocalDate day, WorkingDays holidays)
    {
        while (Rolls && !holidays.IsWorkingDay(day))
            day = day.PlusDays(1);
        return day;
    }

    private static DueTime EndOf(LocalDate day, DateTimeZone zone) =>
        new(zone.AtStartOfDay(day.PlusDays(1)).ToInstant(), day);
}
