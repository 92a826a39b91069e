using WhoSaw.Cli.Verbs;
using WhoSaw.Detection.Findings;
using WhoSaw.Records;

namespace WhoSaw.Cli;

/// <summary>Reads the list <c>announcements</c>.</summary>
internal sealed class AnnouncementReader(FaultList faults, TimeZoneInfo zone)
{
    private const int MostDays = 31;

    public Announcement? Read(YamlValue value)
    {
        var section = new Section(value, "an announcement", KnownWords.Announcement, faults);
        var principal = section.RequiredText("principal");
        var reason = section.RequiredText("reason");
        var (from, to) = (Moment(section, "from"), Moment(section, "to"));
        var operation = section.Text("operation") ?? "";
        if (principal is null || reason is null || from is not { } first || to is not { } last)
            return null;
        if (last <= first || last - first > MostDays * EventTime.Day)
        {
            faults.Add(section.Place("to"), $"an announcement ends after it begins, and within {MostDays} days");
            return null;
        }
        return new Announcement(principal, first, last, reason, operation);
    }

    private EventTime? Moment(Section section, string key)
    {
        if (section.RequiredText(key) is not { } text)
            return null;
        if (MomentText.TryRead(text, zone, out var time) && time is not null)
            return time;
        faults.Add(section.Place(key), $"'{text}' is no time such as 2025-04-15T22:00");
        return null;
    }
}
