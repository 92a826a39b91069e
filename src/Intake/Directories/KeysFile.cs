using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Intake.Directories;

/// <summary>
/// Reads <c>keys</c>: a CSV file with the columns <c>key,created,retired,holder,left</c>, one line for each holder of a
/// key.
/// </summary>
public static class KeysFile
{
    private static readonly string[] LocalForms =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] OffsetForms = [.. LocalForms.Select(form => form + "zzz")];

    /// <summary>
    /// The register. A date alone is a day in <paramref name="zone"/>: a key is created and retired from its start, a
    /// holder has left at its end. A full time is taken as it is, in the zone where it says no offset.
    /// </summary>
    public static (KeyRegister Keys, IReadOnlyList<FileFault> Faults) Read(string path, TimeZoneInfo zone)
    {
        var holdings = new List<KeyHolding>();
        var file = new DirectoryTable(path, "key", "created", "retired", "holder", "left");
        file.Read(table =>
        {
            var key = Encoding.UTF8.GetString(table[0]);
            var understood = TryTime(table, 1, "created", zone, out var created)
                & TryTime(table, 2, "retired", zone, out var retired)
                & TryTime(table, 4, "left", zone, out var left);
            if (key.Length == 0)
                table.AddFault("the line names no key");
            else if (created is { } begin && retired is { } end && end < begin)
                table.AddFault("the key is retired before it is created");
            else if (understood)
                holdings.Add(new KeyHolding(key, created, retired, Encoding.UTF8.GetString(table[3]), left));
        });
        return (new KeyRegister(holdings), file.Faults);
    }

    private static bool TryTime(DirectoryTable table, int column, string name, TimeZoneInfo zone, out EventTime? time)
    {
        time = null;
        var text = Encoding.UTF8.GetString(table[column]);
        if (text.Length == 0)
            return true;
        var culture = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day))
        {
            // the last day of the calendar has no next one
            if (name == "left" && day < DateTime.MaxValue.Date)
                day = day.AddDays(1);
            time = InZone(day, zone);
            return true;
        }
        if (DateTime.TryParseExact(text, LocalForms, culture, DateTimeStyles.None, out var local))
        {
            time = InZone(local, zone);
            return true;
        }
        var withOffset = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        if (DateTimeOffset.TryParseExact(withOffset, OffsetForms, culture, DateTimeStyles.None, out var exact))
        {
            time = EventTime.From(exact);
            return true;
        }
        table.AddFault($"'{name}' is a date like 2025-01-31 or a time like 2025-01-31T18:00:00+09:00");
        return false;
    }

    private static EventTime InZone(DateTime local, TimeZoneInfo zone)
    {
        var utc = local.Ticks - zone.GetUtcOffset(local).Ticks;
        return new EventTime((utc - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }
}
