using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Reports;

/// <summary>
/// Times as people read them: in their zone, days in words. Says the year only where it is not plain.
/// </summary>
public sealed class Moments
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["Asia/Seoul"] = "KST",
        ["Korea Standard Time"] = "KST",
        ["Asia/Tokyo"] = "JST",
        ["Tokyo Standard Time"] = "JST",
        ["Asia/Singapore"] = "SGT",
        ["Asia/Kolkata"] = "IST",
        ["Etc/UTC"] = "UTC",
        ["UTC"] = "UTC",
    };

    private readonly Words _words;
    private readonly TimeZoneInfo _zone;
    private readonly bool _withYear;

    /// <param name="first">With <paramref name="last"/>, what the page's heading covers: one year there is said
    /// once.</param>
    public Moments(Words words, TimeZoneInfo zone, EventTime? first, EventTime? last)
    {
        _words = words;
        _zone = zone;
        _withYear = first is null || last is null || Local(first.Value).Year != Local(last.Value).Year;
    }

    public string ZoneName => ShortNames.GetValueOrDefault(_zone.Id, _zone.Id);

    public DateTime Local(EventTime time) => TimeZoneInfo.ConvertTime(time.ToUtc(), _zone).DateTime;

    public DateOnly DayOf(EventTime time) => DateOnly.FromDateTime(Local(time));

    /// <summary>"12 April 00:08"</summary>
    public string Moment(EventTime time) => Day(DayOf(time)) + " " + Clock(time);

    /// <summary>"12 April 2025 00:08:03", for tables of single records.</summary>
    public string Exact(EventTime time) =>
        Local(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Clock(EventTime time) => Local(time).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateOnly day) => _withYear ? DayAndYear(day) : Format(day, "date.day");

    public string DayAndYear(DateOnly day) => Format(day, "date.day-year");

    /// <summary>"3 Apr", for an axis.</summary>
    public string ShortDay(DateOnly day) => Format(day, "date.short");

    public string Month(DateOnly day) => Format(day, "date.month");

    /// <summary>"11–20 April 2025"</summary>
    public string Period(DateOnly first, DateOnly last)
    {
        if (first == last)
            return DayAndYear(first);
        if (first.Year != last.Year)
            return DayAndYear(first) + " – " + DayAndYear(last);
        return first.Month == last.Month
            ? Format(first, "period.month.first") + Format(last, "period.month.last")
            : Format(first, "period.year.first") + " " + Format(last, "period.year.last");
    }

    public string Period(EventTime first, EventTime last) => Period(DayOf(first), DayOf(last));

    /// <summary>"17 April 06:00–12:00"</summary>
    public string Stretch(EventTime from, EventTime to) => DayOf(from) == DayOf(to)
        ? $"{Moment(from)}–{Clock(to)}"
        : $"{Moment(from)} – {Moment(to)}";

    private string Format(DateOnly day, string key) => day.ToString(_words.Say(key), CultureInfo.InvariantCulture);
}
