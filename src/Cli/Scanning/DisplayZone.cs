using System.Globalization;
using System.Text.RegularExpressions;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// The zone in which people read times: the configured one, else the offset that the logs write, else UTC. Kept with
/// the ledger, so that later verbs say the same times. It never changes how a time is read.
/// </summary>
internal static partial class DisplayZone
{
    private const string Name = "state/zone";

    public static TimeZoneInfo Read(string ledger) =>
        StateFile.ReadLine(Path.Combine(ledger, Name)) is { } id ? Find(id) : TimeZoneInfo.Utc;

    public static void Write(string ledger, TimeZoneInfo zone) =>
        StateFile.WriteLine(Path.Combine(ledger, Name), zone.Id);

    /// <summary>The offset of the first time in the text that has one; null when there is none, or it is UTC.</summary>
    public static TimeZoneInfo? Sniff(string text)
    {
        var match = Offset().Match(text);
        return match.Success ? OfOffset(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value) : null;
    }

    private static TimeZoneInfo Find(string id)
    {
        var match = ZoneName().Match(id);
        if (match.Success)
            return OfOffset(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value) ?? TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    private static TimeZoneInfo? OfOffset(string sign, string hours, string minutes)
    {
        var offset = new TimeSpan(
            int.Parse(hours, CultureInfo.InvariantCulture), int.Parse(minutes, CultureInfo.InvariantCulture), 0);
        if (offset == TimeSpan.Zero || offset > TimeSpan.FromHours(14))
            return null;
        var id = $"UTC{sign}{hours}:{minutes}";
        return TimeZoneInfo.CreateCustomTimeZone(id, sign == "-" ? -offset : offset, id, id);
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\d(?:[.,]\d+)? ?([+-])(\d\d):?(\d\d)\b")]
    private static partial Regex Offset();

    [GeneratedRegex(@"^UTC([+-])(\d\d):(\d\d)$")]
    private static partial Regex ZoneName();
}
