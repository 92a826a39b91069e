namespace WhoSaw.Cli;

/// <summary>Reads the key <c>zone</c>: a name of the IANA time zone database.</summary>
internal static class ZoneText
{
    public static TimeZoneInfo? Read(Section section, FaultList faults)
    {
        if (section.Text("zone") is not { } name)
            return null;
        if (TryFind(name, out var zone))
            return zone;
        faults.Add(section.Place("zone"), $"there is no time zone '{name}': write it like Asia/Seoul or UTC");
        return null;
    }

    public static bool TryFind(string name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        if (name is "UTC" or "Z")
            return true;
        // "local" would be the machine's own
        if (name.Length > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            || string.Equals(name, "local", StringComparison.OrdinalIgnoreCase)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
            return false;
        zone = found;
        return true;
    }
}
