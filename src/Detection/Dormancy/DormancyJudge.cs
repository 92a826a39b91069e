using WhoSaw.Detection.Findings;
using WhoSaw.Detection.Staff;
using WhoSaw.Records;

namespace WhoSaw.Detection.Dormancy;

/// <summary>A day of a principal at an address on which it read too many dormant accounts.</summary>
/// <param name="Before">Of its own reads of the days before.</param>
/// <param name="Others">Of what was read beside it on that day.</param>
internal sealed record OddDay(
    Symbol Principal, Symbol Client, int Day, DayOfReads Reads, ReadShare Before, ReadShare Others)
{
    /// <summary>Not enough by itself: it stands with others of the same address.</summary>
    public bool IsKin { get; init; }
    public required EventTime Raised { get; init; }
}

internal readonly record struct ReadShare(long Reads, long Dormant)
{
    /// <summary>The rate that so few reads leave possible: one more would have been dormant.</summary>
    public double Rate => (Dormant + 1.0) / (Reads + 1.0);

    public static ReadShare Of(IEnumerable<DayOfReads> days) =>
        days.Aggregate(new ReadShare(), (sum, day) => new ReadShare(sum.Reads + day.Reads, sum.Dormant + day.Dormant));
}

/// <summary>
/// Holds each day of each principal in a role against what it read before, and against what is read beside it on the
/// same day: from its other addresses, and by its colleagues where it has enough of them.
/// </summary>
internal sealed class DormancyJudge(Dictionary<Symbol, ReaderDays> readers, DormantAccountsOptions options, int actors)
{
    // Honest people differ more than coins do.
    private const double Beyond = 10;
    private const int LeastDays = 2;
    private const long LeastOthers = 20;

    // ln of a thousand: a day that would not be enough joins those that were, for few days are looked at.
    private const double OfKin = -7;
    private const int LeastOfKin = 2;

    private readonly RoleDays _role = RoleOf(readers);
    private readonly Dictionary<int, ReadShare> _days = readers.Values
        .SelectMany(reader => reader.Days.Select(day => (day, ReadShare.Of(reader[day].Values))))
        .GroupBy(day => day.day)
        .ToDictionary(day => day.Key, day => new ReadShare(
            day.Sum(share => share.Item2.Reads), day.Sum(share => share.Item2.Dormant)));

    private readonly Dictionary<int, List<(double Ratio, Symbol Principal)>> _ratios = [];

    public IEnumerable<OddDay> Found() =>
        readers.Where(reader => reader.Value.Days.Any(day => reader.Value[day].Values.Any(IsLookedAt)))
            .SelectMany(reader => Found(reader.Key, reader.Value));

    private IEnumerable<OddDay> Found(Symbol principal, ReaderDays reader)
    {
        var (odd, found) = (new HashSet<int>(), new List<OddDay>());
        var kin = new List<OddDay>();
        var (before, days) = (new ReadShare(), 0);
        foreach (var day in reader.Days)
        {
            if (days >= LeastDays && before.Reads >= options.LeastPast)
                foreach (var (client, reads) in reader[day].Where(entry => IsLookedAt(entry.Value)))
                {
                    if (Judge(principal, reader, (day, client), before, odd) is not { } judged)
                        continue;
                    if (judged.IsKin)
                        kin.Add(judged);
                    else
                        found.Add(judged);
                }
            if (found.Exists(judged => judged.Day == day))
            {
                odd.Add(day);
                continue;
            }
            var share = ReadShare.Of(reader[day].Values);
            (before, days) = (new ReadShare(before.Reads + share.Reads, before.Dormant + share.Dormant), days + 1);
        }
        return found.Concat(kin.Where(day => found.Exists(judged => judged.Client == day.Client)))
            .OrderBy(day => day.Reads.First);
    }

    private OddDay? Judge(
        Symbol principal, ReaderDays reader, (int Day, Symbol Client) of, ReadShare before, HashSet<int> odd)
    {
        var (day, reads) = (of.Day, reader[of.Day][of.Client]);
        // Of a service, or of a few employees, only what the principal read from its other addresses says anything.
        var hasColleagues = _role.Count > RoleDays.LeastAtWork;
        var own = ReadShare.Of(reader[day].Values);
        var all = hasColleagues ? _days[day] : own;
        var others = new ReadShare(all.Reads - reads.Reads, all.Dormant - reads.Dormant);
        if (others.Reads < LeastOthers)
            return null;
        var rate = Math.Max(options.LeastRate, Math.Max(before.Rate, others.Rate));
        if (Chance.BinomialTail(reads.Reads, reads.Dormant, rate) > OfKin)
            return null;
        // What an employee does in any case is his work.
        var (usual, most) = hasColleagues ? UsualOf(principal, day, odd) : default;
        var elsewhere = hasColleagues ? own.Reads - reads.Reads : 0;
        bool AreEnough(int read, int dormant) =>
            dormant >= options.LeastAccounts && dormant >= Math.Max(options.LeastShare, Beyond * rate) * read
            && read + elsewhere >= options.LeastTimes * usual
            && dormant <= options.MostShare * (read + elsewhere - most)
            && Chance.BinomialTail(read, dormant, rate) + Math.Log(actors) <= Math.Log(options.FalseAlarms);
        var isOdd = AreEnough(reads.Reads, reads.Dormant);
        return new OddDay(principal, of.Client, day, reads, before, others)
        {
            IsKin = !isOdd,
            Raised = isOdd ? reads.FirstMoment(AreEnough) : EventTime.Latest,
        };
    }

    /// <summary>What the principal reads in a day, and the most of his days before, on a day as busy.</summary>
    private (double Usual, double Most) UsualOf(Symbol principal, int day, HashSet<int> odd)
    {
        if (!_ratios.TryGetValue(day, out var ratios))
            _ratios.Add(day, ratios = _role.Ratios(day, other => _role[other].Usual(day)));
        var busy = RoleDays.Busy(ratios, ratios.FindIndex(ratio => ratio.Principal == principal)) ?? 1;
        return (busy * _role[principal].Usual(day, odd), busy * _role[principal].Most(day, odd));
    }

    private bool IsLookedAt(DayOfReads reads) => reads.Dormant >= LeastOfKin;

    private static RoleDays RoleOf(Dictionary<Symbol, ReaderDays> readers)
    {
        var role = new RoleDays();
        foreach (var (principal, reader) in readers)
            foreach (var day in reader.Days)
                role.Set(principal, day, reader[day].Values.Sum(reads => reads.Reads));
        return role;
    }
}
