using System.Runtime.InteropServices;
using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// Tells a principal who moved from one who was robbed: whoever moves does not go on working from the old place. On a
/// day on which an employee or a service reads from something new at hours at which it always read, and nothing comes
/// from what it is used to, the new is no evidence: a service that was put elsewhere, a day at home, new software. A
/// thief works beside his victim, or while his victim sleeps.
/// </summary>
internal static class Moves
{
    private const long Week = 7 * EventTime.Day;

    // With fewer reads due from the old place its silence says nothing.
    private const double LeastDue = 5;

    // Of what is due from the old place a twentieth may still come.
    private const double LeftBehind = 0.05;

    // Who moves reads as he did.
    private const double MostOfUsual = 3;

    /// <summary>Silences the trait on the observations of each such day.</summary>
    public static void Silence(Observations observations, Trait trait)
    {
        var places = Enumerable.Range(0, observations.Count)
            .Where(i => observations.KindOf(i).Unit == Unit.StaffPerson)
            .ToLookup(i => observations.KindOf(i).Principal);
        foreach (var principal in places)
        {
            var fresh = principal.Where(i => (observations.KindOf(i).Traits & trait) != 0).ToList();
            if (fresh.Count == 0)
                continue;
            var since = fresh.Min(observations.TimeOf);
            var old = HoursOf(observations, principal.Where(i => (observations.KindOf(i).Traits & trait) == 0));
            var due = DueByHour(old, since, principal.Min(observations.TimeOf));
            foreach (var day in fresh.GroupBy(i => (ValueOf(observations[i], trait), observations.TimeOf(i).DayNumber)))
                if (HasMoved(HoursOf(observations, day), old, due))
                    foreach (var i in day)
                    {
                        var kind = observations.KindOf(i);
                        observations.Mark(i, kind with { Suspended = kind.Suspended | trait });
                    }
        }
    }

    private static bool HasMoved(
        Dictionary<long, int> fresh, Dictionary<long, int> old, double[] due)
    {
        var usual = fresh.Keys.Sum(hour => due[hour % 24]);
        var came = fresh.Keys.Sum(hour => old.GetValueOrDefault(hour));
        return usual >= LeastDue && came <= LeftBehind * usual && fresh.Values.Sum() <= MostOfUsual * usual;
    }

    /// <summary>How many people the old place read at each hour of the day, in the week before.</summary>
    private static double[] DueByHour(Dictionary<long, int> old, EventTime since, EventTime first)
    {
        var due = new double[24];
        var from = since.Plus(-Week) > first ? since.Plus(-Week) : first;
        var days = Math.Max(1, (since - from) / (double)EventTime.Day);
        foreach (var (hour, count) in old)
            if (hour >= HourOf(from) && hour < HourOf(since))
                due[hour % 24] += count / days;
        return due;
    }

    private static Dictionary<long, int> HoursOf(Observations observations, IEnumerable<int> of)
    {
        var hours = new Dictionary<long, int>();
        foreach (var i in of)
            CollectionsMarshal.GetValueRefOrAddDefault(hours, HourOf(observations.TimeOf(i)), out _)++;
        return hours;
    }

    private static int ValueOf(in Observation observation, Trait trait) =>
        trait == Trait.NewNetwork ? observation.Network.Index : observation.Agent.Index;

    private static long HourOf(EventTime time) => time.Microseconds / EventTime.Hour;
}
