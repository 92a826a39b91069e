using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>Dates in a notice: written, and found again after people have edited it.</summary>
internal static partial class NoticeDates
{
    private static readonly LocalDatePattern English = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    public static string Text(LocalDate day, Language language) => language == Language.Korean
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}년 {day.Month}월 {day.Day}일")
        : English.Format(day);

    /// <summary>Every complete date in the text; a Korean one without its year takes the year before it.</summary>
    public static IReadOnlyList<LocalDate> In(string text)
    {
        var found = new List<(int Place, LocalDate Day)>();
        int? year = null;
        foreach (Match match in Korean().Matches(text))
        {
            year = match.Groups[1].Success ? Number(match.Groups[1]) : year;
            if (year is { } known)
                Add(match, known, Number(match.Groups[2]), Number(match.Groups[3]));
        }
        foreach (Match match in Iso().Matches(text))
            Add(match, Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]));
        foreach (Match match in DayMonth().Matches(text))
            if (English.Parse(match.Value) is { Success: true, Value: var day })
                found.Add((match.Index, day));
        return [.. found.OrderBy(each => each.Place).Select(each => each.Day)];

        void Add(Match match, int y, int m, int d)
        {
            if (y is > 1 and < 9999 && m is >= 1 and <= 12 && d >= 1
                && d <= CalendarSystem.Iso.GetDaysInMonth(y, m))
                found.Add((match.Index, new LocalDate(y, m, d)));
        }
    }

    private static int Number(Group group) =>
        int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:(\d{4})년\s*)?(\d{1,2})월\s*(\d{1,2})일")]
    private static partial Regex Korean();

    [GeneratedRegex(@"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}")]
    private static partial Regex DayMonth();
}
