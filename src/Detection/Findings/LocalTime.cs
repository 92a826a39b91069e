using WhoSaw.Records;

namespace WhoSaw.Detection.Findings;

/// <summary>Times as the clocks of the configured zone show them; the zone is asked once an hour of the log.</summary>
internal sealed class LocalTime(TimeZoneInfo zone)
{
    private long _hour = long.MinValue;
    private long _offset;

    public EventTime Of(EventTime time)
    {
        var hour = time.Microseconds / EventTime.Hour;
        if (hour != _hour)
            (_hour, _offset) = (hour, zone.GetUtcOffset(time.ToUtc()).Ticks / TimeSpan.TicksPerMicrosecond);
        return time.Plus(_offset);
    }
}
