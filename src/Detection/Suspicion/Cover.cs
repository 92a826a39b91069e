using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>One literal of a predicate, a conjunction of two, and a trait of the session where these are shared with honest people.</summary>
internal readonly record struct Clause(Actor First, Actor? Second = null, Trait Trait = Trait.None)
{
    public bool Holds(in Observation observation) =>
        Actor.ValueOf(observation, First.Kind) == First.Value
        && (Second is not { } second || Actor.ValueOf(observation, second.Kind) == second.Value)
        && (observation.Traits & Trait) == Trait;
}

/// <summary>A stretch of time in which an actor's evidence grew.</summary>
internal readonly record struct Window(EventTime From, EventTime To);

/// <summary>A clause that was chosen: what it weighs, how pure it is, and which observations it covers first.</summary>
internal sealed record Covered(Clause Clause, double Weight, double Purity, IReadOnlyList<int> Observations)
{
    /// <summary>Only these stretches are meant; all of the time when there are none.</summary>
    public IReadOnlyList<Window> Windows { get; init; } = [];
}

/// <summary>
/// Which predicate is the theft: of the values whose evidence exceeds the threshold the purest first, then the same over what is
/// left, until nothing exceeds it. Conjunctions of two stand in where single values are shared with honest people, and where
/// these are shared too a trait of the session joins them; what stands in the predicate is then no evidence for it.
/// </summary>
internal static class Cover
{
    // A single value this pure needs no second one beside it.
    private const double PureEnough = 0.9;

    // With fewer odd observations than this share a clause still takes honest people in.
    private const double Exact = 0.9999;

    private static readonly Trait[] SessionTraits = [Trait.Unissued, Trait.FirstPage];

    public static IReadOnlyList<Covered> Of(
        IReadOnlyList<Observation> observations, IReadOnlyList<int> members, double[] weights, double threshold,
        TraitRates rates)
    {
        var chosen = new List<Covered>();
        var left = members.ToList();
        while (left.Count > 0)
        {
            var best = Best(Tally(observations, left, weights, pairs: false), threshold);
            if (best is null || best.Value.Purity < PureEnough)
            {
                var pair = Best(Tally(observations, left, weights, pairs: true), threshold);
                if (pair is not null && pair.Value.Purity > (best?.Purity ?? 0))
                    best = pair;
            }
            if (best is not { } found)
                break;
            var clause = Narrowed(observations, left, weights, threshold, rates, found.Clause);
            var covered = left.Where(i => clause.Holds(observations[i])).ToList();
            chosen.Add(new Covered(clause, found.Weight, found.Purity, covered));
            left = [.. left.Where(i => !found.Clause.Holds(observations[i]))];
        }
        return chosen;
    }

    /// <summary>The clause with a trait of the session, where honest people share it and the rest of the evidence bears it alone.</summary>
    private static Clause Narrowed(
        IReadOnlyList<Observation> observations, List<int> left, double[] weights, double threshold, TraitRates rates,
        Clause clause)
    {
        var best = clause;
        var purity = Share(left, i => clause.Holds(observations[i]), i => weights[i] > 0);
        if (purity >= Exact)
            return clause;
        foreach (var trait in SessionTraits)
        {
            var narrowed = clause with { Trait = trait };
            var members = left.Where(i => narrowed.Holds(observations[i])).ToList();
            if (members.Sum(i => rates.Weigh(observations[i], without: trait)) <= threshold)
                continue;
            var share = Share(members, _ => true, i => weights[i] > 0);
            if (share > purity)
                (best, purity) = (narrowed, share);
        }
        return best;
    }

    private static double Share(List<int> members, Func<int, bool> among, Func<int, bool> which)
    {
        var (all, some) = (0, 0);
        foreach (var i in members)
            if (among(i))
                (all, some) = (all + 1, some + (which(i) ? 1 : 0));
        return all == 0 ? 0 : (double)some / all;
    }

    private static (Clause Clause, double Weight, double Purity)? Best(
        Dictionary<Clause, (double Weight, long Odd, long All)> tallies, double threshold)
    {
        (Clause Clause, double Weight, double Purity)? best = null;
        foreach (var (clause, (weight, odd, all)) in tallies)
        {
            if (weight <= threshold)
                continue;
            var purity = WilsonLow(odd, all);
            if (best is not { } b || purity > b.Purity
                || (purity == b.Purity && (weight, Order(clause)).CompareTo((b.Weight, Order(b.Clause))) > 0))
                best = (clause, weight, purity);
        }
        return best;
    }

    // Ties are broken by the numbers of the run, which depend on the logs alone.
    private static (int, ulong, int, ulong) Order(Clause clause) =>
        (-(int)clause.First.Kind, clause.First.Value, -(int)(clause.Second?.Kind ?? 0), clause.Second?.Value ?? 0);

    private static Dictionary<Clause, (double Weight, long Odd, long All)> Tally(
        IReadOnlyList<Observation> observations, List<int> members, double[] weights, bool pairs)
    {
        var tallies = new Dictionary<Clause, (double, long, long)>();
        Span<Actor> actors = stackalloc Actor[8];
        foreach (var i in members)
        {
            var count = Actor.Of(observations[i], actors);
            for (var a = 0; a < count; a++)
            {
                if (!pairs)
                    Add(tallies, new Clause(actors[a]), weights[i]);
                for (var b = a + 1; pairs && b < count; b++)
                    Add(tallies, new Clause(actors[a], actors[b]), weights[i]);
            }
        }
        return tallies;
    }

    private static void Add(Dictionary<Clause, (double Weight, long Odd, long All)> tallies, Clause clause, double weight)
    {
        ref var tally = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(tallies, clause, out _);
        tally = (tally.Weight + weight, tally.Odd + (weight > 0 ? 1 : 0), tally.All + 1);
    }

    /// <summary>The lower bound of a share at 95 % (Wilson 1927).</summary>
    public static double WilsonLow(long hits, long trials)
    {
        const double z = 1.96;
        var share = (double)hits / trials;
        var centre = share + z * z / (2 * trials);
        var margin = z * Math.Sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        return (centre - margin) / (1 + z * z / trials);
    }
}
