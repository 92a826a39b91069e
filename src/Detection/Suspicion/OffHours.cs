using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Hours of the day in which everybody else in the role hardly reads; the principal's own reads do not make an hour
/// ordinary. The share is the mean of what few reads leave open (Jeffreys' prior over 24 hours), so a role that is too
/// small to tell has no odd hours.
/// </summary>
internal static class OffHours
{
    private const double Prior = 0.5;

    // To work late is one decision: the first few reads of an hour are evidence, the others only belong to it.
    private const int EvidenceInAnHour = 3;

    public static void Mark(Observations observations, TimeZoneInfo zone, double share)
    {
        var reads = new Dictionary<(short Role, ulong Principal), long[]>();
        var roles = new Dictionary<short, long[]>();
        for (var i = 0; i < observations.Count; i++)
            if (observations.KindOf(i) is { Unit: Unit.StaffPerson } kind)
            {
                var hour = HourOf(observations.TimeOf(i), zone);
                Add(Of(reads, (kind.Context, (ulong)kind.Principal.Index)), hour);
                Add(Of(roles, kind.Context), hour);
            }
        var said = new Dictionary<(Symbol, long), int>();
        for (var i = 0; i < observations.Count; i++)
        {
            if (observations.KindOf(i) is not { Unit: Unit.StaffPerson } kind)
                continue;
            var time = observations.TimeOf(i);
            var hour = HourOf(time, zone);
            var own = Of(reads, (kind.Context, (ulong)kind.Principal.Index));
            var role = Of(roles, kind.Context);
            // An hour next to a working hour is overtime, which is ordinary.
            var others = Enumerable.Range(hour + 23, 3).Max(h => role[h % 24] - own[h % 24]);
            if ((others + Prior) / (role[24] - own[24] + 24 * Prior) >= share)
                continue;
            var stretch = (kind.Principal, time.Microseconds / EventTime.Hour);
            said[stretch] = said.GetValueOrDefault(stretch) + 1;
            observations.Mark(i, kind with
            {
                Traits = kind.Traits | Trait.OffHours,
                IsRepeat = said[stretch] > EvidenceInAnHour && (kind.Traits & Trait.NoTicket) == 0,
            });
        }
    }

    private static int HourOf(EventTime time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time.ToUtc(), zone).Hour;

    private static void Add(long[] hours, int hour)
    {
        hours[hour]++;
        hours[24]++;
    }

    // The last place counts the whole day.
    private static long[] Of<TKey>(Dictionary<TKey, long[]> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var hours))
            table.Add(key, hours = new long[25]);
        return hours;
    }
}
