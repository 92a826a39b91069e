using System.Globalization;
using WhoSaw.Records;

namespace WhoSaw.Cli.Verbs;

/// <summary>Times on the command line.</summary>
internal static class MomentText
{
    /// <summary>A time with its offset, or a day or time in that zone; null for no text. False for the rest.</summary>
    public static bool TryRead(string? text, TimeZoneInfo zone, out EventTime? time)
    {
        time = null;
        if (text is null)
            return true;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
            return false;
        time = EventTime.From(
            read.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(read, zone.GetUtcOffset(read))
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
        return true;
    }
}
