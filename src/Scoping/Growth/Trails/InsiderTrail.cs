using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth.Trails;

/// <summary>
/// An employee who reads, between his honest work, what is not his to read: without a ticket, or when nobody in the
/// role is at work. His reads without a ticket are taken at the hours of the day at which they are more than what
/// everybody leaves out now and then; the others are not.
/// </summary>
internal sealed class InsiderTrail(ScopeEngine engine, double threshold, GrowthOptions options)
{
    private const int HoursADay = 24;

    public IEnumerable<Theft> Thefts()
    {
        var reads = new StaffReads(engine, threshold);
        foreach (var principal in reads.Suspects)
        {
            var own = reads.Of(principal);
            var hours = OddHours(own, reads.Rates, principal);
            var leads = new List<Lead>();
            if (hours.Count > 0)
                leads.Add(WithoutTicket(reads, principal, own, hours));
            var least = leads.Count == 0 || leads[0].Evidence <= threshold ? options.KinEvidence : threshold;
            var left = own.Where(read => !(read.Odd && hours.ContainsKey((int)(read.Hour % HoursADay)))).ToList();
            foreach (var operation in left.GroupBy(read => read.Operation).OrderBy(group => group.Key))
                if (Late(principal, operation.Key, [.. operation], least) is { } late)
                    leads.Add(late);
            if (leads.Count > 0)
                yield return new Theft(leads);
        }
    }

    /// <summary>
    /// Hours of the day (UTC) with how many reads without a ticket are expected in them: the window with the most in
    /// excess, then the same over what is left, as long as a window has an excess beyond chance.
    /// </summary>
    private Dictionary<int, double> OddHours(List<StaffRead> own, StaffRates rates, string principal)
    {
        var (odd, expected) = (new double[HoursADay], new double[HoursADay]);
        foreach (var operation in own.GroupBy(read => read.Operation).Where(reads => reads.Any(read => read.Odd)))
        {
            var rate = rates.RateOfOdd(operation.Key, principal);
            for (var hour = 0; hour < HoursADay; hour++)
                expected[hour] += rate / 2;
            foreach (var read in operation.Where(read => !read.Odd))
                expected[read.Hour % HoursADay] += rate;
        }
        foreach (var read in own.Where(read => read.Odd))
            odd[read.Hour % HoursADay]++;
        var kept = new Dictionary<int, double>();
        while (true)
        {
            var windows =
                from start in Enumerable.Range(0, HoursADay)
                from length in Enumerable.Range(1, HoursADay)
                let hours = Enumerable.Range(start, length).Select(hour => hour % HoursADay).ToList()
                select (Hours: hours, Excess: Statistics.Excess(
                    hours.Sum(hour => odd[hour]), hours.Sum(hour => expected[hour])));
            var best = windows.MaxBy(window => window.Excess);
            if (best.Excess <= options.KinEvidence)
                return kept;
            foreach (var hour in best.Hours)
            {
                kept.TryAdd(hour, expected[hour]);
                (odd[hour], expected[hour]) = (0, 0);
            }
        }
    }

    private static Lead WithoutTicket(
        StaffReads reads, string principal, List<StaffRead> own, Dictionary<int, double> hours)
    {
        var taken = own.Where(read => read.Odd && hours.ContainsKey((int)(read.Hour % HoursADay))).ToList();
        var (inside, outside) = (new List<long>(), new List<long>());
        foreach (var hour in reads.OddHours(principal))
            (hours.ContainsKey((int)(hour % HoursADay)) ? inside : outside).Add(hour);
        var (within, without) = (Stretches(inside), Stretches(outside));
        var text = $"principal = {Printer.Quote(principal)} and no-ticket"
            // whichever is told in fewer words
            + (without.Count == 0 ? "" : without.Count < within.Count
                ? $" and not {Literals.Within(without)}"
                : $" and {Literals.Within(within)}");
        return new Lead(GrowthTrail.Insider, Predicate.Parse(text).OrThrow(), taken.Sum(read => read.Weight),
            taken.Count, Math.Max(0, taken.Count - hours.Values.Sum()));
    }

    // Hours are not marked one by one in the ledger, so they are told as stretches of time.
    private static Lead? Late(string principal, string operation, List<StaffRead> reads, double threshold)
    {
        var (sum, highest) = (0.0, 0.0);
        foreach (var read in reads)
        {
            sum = Math.Max(0, sum + read.Weight);
            highest = Math.Max(highest, sum);
        }
        var late = reads.Where(read => read.Late).ToList();
        if (highest <= threshold || late.Count == 0)
            return null;
        var literal = $"principal = {Printer.Quote(principal)} and operation = {Printer.Quote(operation)} and "
            + Literals.Within(Stretches(late.Select(read => read.Hour).Distinct()));
        return new Lead(GrowthTrail.Insider, Predicate.Parse(literal).OrThrow(), highest, late.Count, late.Count);
    }

    private static List<(EventTime From, EventTime To)> Stretches(IEnumerable<long> hours)
    {
        var stretches = new List<(EventTime From, EventTime To)>();
        foreach (var hour in hours)
        {
            var (from, to) = (new EventTime(hour * EventTime.Hour), new EventTime((hour + 1) * EventTime.Hour - 1));
            if (stretches.Count > 0 && stretches[^1].To.Plus(1) == from)
                stretches[^1] = (stretches[^1].From, to);
            else
                stretches.Add((from, to));
        }
        return stretches;
    }
}
