using System.Globalization;
using System.Text.RegularExpressions;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>A moment in an expression: RFC 3339, or with blanks and without seconds. The offset must be said.</summary>
internal static partial class TimeLiteral
{
    [GeneratedRegex(
        @"^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?"
        + @" ?(?:([Zz])|([+-])(\d\d):?(\d\d))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>Null and a reason when the text is no time.</summary>
    public static (EventTime? Time, string? Refusal) Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return (null, "a time is written as in '2025-04-12T00:00:00+09:00'");
        if (!match.Groups[8].Success && !match.Groups[9].Success)
            return (null, "a time needs an offset, such as +09:00 or Z");
        int Part(int group) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part(1), Part(2), Part(3));
        var (hour, minute, second) = (Part(4), Part(5), Part(6));
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ||
            hour > 23 || minute > 59 || second > 59 || Part(10) > 23 || Part(11) > 59)
            return (null, "there is no such time");
        var micros = match.Groups[7].Success
            ? int.Parse(match.Groups[7].Value.PadRight(6, '0'), CultureInfo.InvariantCulture)
            : 0;
        var offset = (Part(10) * 60 + Part(11)) * EventTime.Minute * (match.Groups[9].Value == "-" ? -1 : 1);
        var local = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return (EventTime.From(local).Plus(micros - offset), null);
    }
}
