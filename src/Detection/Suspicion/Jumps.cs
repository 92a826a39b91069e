using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>A stretch in which a trait showed in everybody, and so says nothing about anybody.</summary>
internal readonly record struct Suspension(SuspicionTrait Trait, EventTime From, EventTime To);

/// <summary>
/// Finds hours in which a trait's rate jumps in most kinds of software (sessions) or most principals (staff) at once:
/// an issuer's outage, a broken release, staff who moved house. One thief has one program or one account, and jumps in
/// that alone, or comes from few addresses. A jump that lasts longer than a day is no outage and is weighed.
/// </summary>
internal static class Jumps
{
    private const int LeastGroups = 3;
    private const int LeastInGroup = 5;
    private const double LeastRate = 0.1;
    private const double Times = 5;
    private const int LongestHours = 24;

    private sealed class Group
    {
        public int All;
        public int Odd;
    }

    private sealed class Hour
    {
        public readonly Dictionary<int, Group> Groups = [];
        public readonly Group Sum = new();
        public readonly HashSet<Symbol> Clients = [];
        public readonly HashSet<Symbol> OddClients = [];

        public bool Jumps(double rate)
        {
            var speaking = Groups.Values.Where(group => group.All >= LeastInGroup).ToList();
            return speaking.Count >= LeastGroups
                && speaking.Count(group => group.Odd >= rate * group.All) * 4 >= speaking.Count * 3;
        }

        /// <summary>What is odd comes from as many addresses as what is not.</summary>
        public bool IsEverywhere => OddClients.Count * 2L * Math.Max(1, Sum.All - Sum.Odd)
            >= (long)Sum.Odd * Math.Min(Clients.Count, Math.Max(1, Sum.All - Sum.Odd));
    }

    /// <summary>Silences the trait on the observations of each such stretch.</summary>
    public static IEnumerable<Suspension> Silence(Observations observations, IReadOnlyList<SuspicionTrait> traits)
    {
        foreach (var trait in traits.Where(trait => trait.Theft != Theft.Others))
        {
            var hours = HoursOf(observations, trait).ToHashSet();
            foreach (var (from, to) in Stretches(hours).Where(s => s.To - s.From < LongestHours).ToList())
            {
                for (var i = 0; i < observations.Count; i++)
                    if (observations.KindOf(i) is var kind && kind.Unit == trait.Theft.Unit()
                        && HourOf(observations.TimeOf(i)) >= from && HourOf(observations.TimeOf(i)) <= to)
                        observations.Mark(i, kind with { Suspended = kind.Suspended | trait.Bit });
                yield return new Suspension(
                    trait, new EventTime(from * EventTime.Hour), new EventTime((to + 1) * EventTime.Hour));
            }
        }
    }

    private static IEnumerable<long> HoursOf(Observations observations, SuspicionTrait trait)
    {
        var hours = new Dictionary<long, Hour>();
        long all = 0, odd = 0;
        for (var i = 0; i < observations.Count; i++)
        {
            ref readonly var kind = ref observations.KindOf(i);
            if (!Tells(kind, trait))
                continue;
            var isOdd = (kind.Traits & trait.Bit) != 0 ? 1 : 0;
            (all, odd) = (all + 1, odd + isOdd);
            var name = kind.Unit == Unit.StaffPerson ? kind.Principal.Index : kind.Context;
            var number = HourOf(observations.TimeOf(i));
            if (!hours.TryGetValue(number, out var hour))
                hours.Add(number, hour = new Hour());
            if (!hour.Groups.TryGetValue(name, out var group))
                hour.Groups.Add(name, group = new Group());
            (group.All, group.Odd) = (group.All + 1, group.Odd + isOdd);
            (hour.Sum.All, hour.Sum.Odd) = (hour.Sum.All + 1, hour.Sum.Odd + isOdd);
        }
        var rate = Math.Max(LeastRate, Times * odd / Math.Max(1, all));
        foreach (var still in hours.Where(hour => !hour.Value.Jumps(rate)).Select(hour => hour.Key).ToList())
            hours.Remove(still);
        SeeClients(observations, trait, hours);
        return hours.Where(hour => hour.Value.IsEverywhere).Select(hour => hour.Key);
    }

    /// <summary>Of the few hours that jump: whose addresses those are is much to hold for all.</summary>
    private static void SeeClients(Observations observations, SuspicionTrait trait, Dictionary<long, Hour> hours)
    {
        for (var i = 0; i < observations.Count && hours.Count > 0; i++)
        {
            ref readonly var kind = ref observations.KindOf(i);
            if (Tells(kind, trait) && hours.TryGetValue(HourOf(observations.TimeOf(i)), out var hour))
                ((kind.Traits & trait.Bit) != 0 ? hour.OddClients : hour.Clients).Add(observations[i].Client);
        }
    }

    private static bool Tells(in ObservationKind kind, SuspicionTrait trait) =>
        kind.Unit == trait.Theft.Unit() && (kind.Silent & trait.Bit) == 0;

    private static IEnumerable<(long From, long To)> Stretches(HashSet<long> hours)
    {
        foreach (var from in hours.Where(hour => !hours.Contains(hour - 1)).Order())
        {
            var to = from;
            while (hours.Contains(to + 1))
                to++;
            yield return (from, to);
        }
    }

    private static long HourOf(EventTime time) => time.Microseconds / EventTime.Hour;
}
