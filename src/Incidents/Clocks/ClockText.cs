using System.Globalization;
using NodaTime;
using NodaTime.Text;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Clocks;

/// <summary>What a clock says, in words.</summary>
public static class ClockText
{
    private static readonly string[] KoreanDays = ["월", "화", "수", "목", "금", "토", "일"];
    private static readonly LocalDateTimePattern EnglishMoment =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMMM uuuu HH:mm");
    private static readonly LocalDatePattern EnglishDay =
        LocalDatePattern.CreateWithInvariantCulture("ddd d MMMM uuuu");

    /// <summary>Hours and minutes, days from three on: <c>29 h 35 min</c>, <c>4 d 2 h</c>.</summary>
    public static string Length(Duration length, Language language)
    {
        var minutes = (long)Math.Floor(length.TotalMinutes);
        var (days, hours, rest) = (minutes / 1440, minutes / 60, minutes % 60);
        var korean = language == Language.Korean;
        return days >= 3
            ? Joined(korean ? $"{days}일" : $"{days} d", hours % 24, korean ? "시간" : " h")
            : hours > 0 ? Joined(korean ? $"{hours}시간" : $"{hours} h", rest, korean ? "분" : " min")
            : korean ? $"{rest}분" : $"{rest} min";
    }

    /// <summary>A moment in the zone of the duty.</summary>
    public static string Moment(Instant instant, DateTimeZone zone, Language language)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return language == Language.Korean
            ? Day(local.Date, language) + local.ToString(" HH:mm", CultureInfo.InvariantCulture)
            : EnglishMoment.Format(local);
    }

    /// <summary>When it is due: a minute, or the end of a day.</summary>
    public static string Due(DueTime due, DateTimeZone zone, Language language) => due.Day is not { } day
        ? Moment(due.At, zone, language)
        : language == Language.Korean ? $"{Day(day, language)} 중" : $"end of {Day(day, language)}";

    /// <summary>How the clock stands, as a sentence that can be read out.</summary>
    public static string Sentence(Clock clock, Language language)
    {
        var what = clock.Duty.What.In(language);
        var korean = language == Language.Korean;
        if (clock.Fault is { } fault)
            return $"{what}: {fault}";
        if ((clock.ByLaw ?? clock.ByFirstSign) is not { } reading || clock.State is ClockState.NotStarted)
            return korean ? $"{what}: 아직 시작되지 않음." : $"{what}: not begun.";
        if (clock.ByLaw is null && clock.Met is null)
            return Planned(clock, reading, what, language);
        if (clock.ByLaw is null || clock.LateBy(reading) is not { } late)
            return $"{what}: {Standing(clock, reading, language)}";
        var end = clock.Met is { } met
            ? (korean ? ", 발송 " : ", sent ") + Moment(LegalTime.InstantOf(met.At), clock.Duty.Zone, language)
            : korean ? ", 아직 발송되지 않음" : ", not sent";
        var due = Due(reading.Due, clock.Duty.Zone, language);
        var sentence = korean
            ? $"{what}: {Length(late, language)} 늦음 (기한 {due}{end})"
            : $"{what}: late by {Length(late, language)} (due {due}{end})";
        return clock.ByFirstSign is { } sign && sign.Start != reading.Start && clock.LateBy(sign) is { } more
            ? sentence + (korean ? $"; 최초 징후부터 세면 {Length(more, language)} 늦음."
                : $"; from the first sign, late by {Length(more, language)}.")
            : sentence + ".";
    }

    private static string Planned(Clock clock, ClockReading reading, string what, Language language)
    {
        var standing = clock.Rule.Deadline.Kind == DeadlineKind.AtOnce || clock.Now <= reading.Limit
            ? Standing(clock, reading, language)
            : language == Language.Korean
                ? $"최초 징후부터 세면 {Length(clock.Now - reading.Limit, language)} 지남."
                : $"counted from the first sign, {Length(clock.Now - reading.Limit, language)} past.";
        return language == Language.Korean
            ? $"{what}: {standing} 법문상 아직 시작되지 않음."
            : $"{what}: {standing} By the law's words it has not begun.";
    }

    private static string Standing(Clock clock, ClockReading reading, Language language)
    {
        var korean = language == Language.Korean;
        var due = Due(reading.Due, clock.Duty.Zone, language);
        if (clock.Met is { } met)
        {
            var sent = Moment(LegalTime.InstantOf(met.At), clock.Duty.Zone, language);
            return korean ? $"{sent} 이행." : $"done {sent}.";
        }
        if (clock.Rule.Deadline.Kind == DeadlineKind.AtOnce)
        {
            var since = Length(clock.Now - reading.Start.Instant(), language);
            return korean ? $"즉시, {since} 지남." : $"at once; {since} have passed.";
        }
        var left = reading.Due.At - clock.Now;
        return left <= Duration.Zero
            ? korean ? $"기한 {due}." : $"due {due}."
            : korean ? $"기한 {due}, {Length(left, language)} 남음."
            : $"due {due}, in {Length(left, language)}.";
    }

    private static string Day(LocalDate day, Language language) => language == Language.Korean
        ? string.Create(CultureInfo.InvariantCulture,
            $"{day.Year}년 {day.Month}월 {day.Day}일({KoreanDays[(int)day.DayOfWeek - 1]})")
        : EnglishDay.Format(day);

    private static string Joined(string first, long rest, string unit) => rest == 0
        ? first
        : string.Create(CultureInfo.InvariantCulture, $"{first} {rest}{unit}");
}

internal static class EventInstants
{
    public static Instant Instant(this Cases.CaseEvent happened) => LegalTime.InstantOf(happened.At);

    public static LocalDate DayIn(this Cases.CaseEvent happened, DateTimeZone zone) =>
        happened.Instant().InZone(zone).Date;
}
