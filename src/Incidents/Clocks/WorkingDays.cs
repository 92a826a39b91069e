using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace WhoSaw.Incidents.Clocks;

/// <summary>
/// Public holidays as data: lunar and designated days follow no formula. A year that nobody listed is an error, never
/// a year without holidays.
/// </summary>
public sealed class WorkingDays
{
    private readonly Dictionary<LocalDate, string> _holidays = [];
    private readonly HashSet<int> _years;
    private readonly string _name;

    internal WorkingDays(HolidayFile file)
    {
        _name = file.Name;
        _years = [.. file.Years];
        foreach (var (day, name) in file.Days)
            _holidays[LocalDatePattern.Iso.Parse(day).GetValueOrThrow()] = name;
        if (_holidays.Keys.FirstOrDefault(day => !_years.Contains(day.Year)) is { Year: > 1 } stray)
            throw new FormatException($"laws/holidays/{_name}.json lists {stray} but not its year");
    }

    /// <summary>For a jurisdiction whose duties count no working days.</summary>
    public static WorkingDays None { get; } =
        new(new HolidayFile { Name = "none", Source = "", Grade = "P", Years = [], Days = [] });

    /// <summary>Neither Saturday nor Sunday nor listed. Throws <see cref="HolidaysUnknownException"/>.</summary>
    public bool IsWorkingDay(LocalDate day) => !_years.Contains(day.Year)
        ? throw new HolidaysUnknownException(string.Create(CultureInfo.InvariantCulture,
            $"the public holidays of {day.Year} are not in laws/holidays/{_name}.json; add them"))
        : day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !_holidays.ContainsKey(day);
}

/// <summary>A period cannot be counted because nobody listed the holidays of a year.</summary>
public sealed class HolidaysUnknownException(string message) : Exception(message);
