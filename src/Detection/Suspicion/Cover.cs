using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// One literal of a predicate, a conjunction of two, and a trait of the session where these are shared with honest
/// people.
/// </summary>
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
/// Which predicate is the theft: of the values whose evidence exceeds the threshold the purest first, then the same
/// over what is left, until nothing exceeds it. Conjunctions of two stand in where single values are shared with
/// honest people, and where these are shared too a trait of the session joins them.
/// </summary>
internal static class Cover
{
    // A single value this pure needs no second one beside it.
    private const double PureEnough = 0.9;

    // With fewer odd observations than this share a clause still takes honest people in.
    private const double Exact = 0.9999;

    // A trait that joins a clause must leave in it so much of what is odd.
    private const double KeptOdd = 0.99;

    private static readonly Trait[] SessionTraits = [Trait.Unissued, Trait.FirstPage];

    /// <param name="narrowing">Traits of the session that may join a clause; these two when not given.</param>
    /// <param name="isPlaced">
    /// A clause must name an address, a network, an account or a session: what few of its observations are odd of, many
    /// honest ones of one key or agent would blur.
    /// </param>
    public static IReadOnlyList<Covered> Of(
        Observations observations, IReadOnlyList<int> members, double[] weights, double threshold,
        IReadOnlyList<Trait>? narrowing = null, bool isPlaced = false)
    {
        var chosen = new List<Covered>();
        var isCovered = new bool[observations.Count];
        var singles = new ClauseTallies(observations, members, weights, threshold, pairs: false, isPlaced);
        ClauseTallies? pairs = null;
        while (true)
        {
            var (best, tallies) = (singles.Best(threshold), singles);
            if (best is null || best.Value.Purity < PureEnough)
            {
                pairs ??= new ClauseTallies(
                    observations, [.. members.Where(i => !isCovered[i])], weights, threshold, pairs: true, isPlaced);
                var pair = pairs.Best(threshold);
                if (pair is not null && pair.Value.Purity > (best?.Purity ?? 0))
                    (best, tallies) = (pair, pairs);
            }
            if (best is not { } found)
                return chosen;
            var taken = tallies.ObservationsOf(found.Clause).Where(i => !isCovered[i]).ToList();
            var clause = Narrowed(observations, taken, weights, found.Clause, narrowing ?? SessionTraits);
            // What a trait leaves out is not covered: it speaks for and against what is chosen next.
            var covered = taken.Where(i => clause.Holds(observations[i])).ToList();
            chosen.Add(new Covered(clause, found.Weight, found.Purity, covered));
            singles.Remove(covered);
            pairs?.Remove(covered);
            foreach (var i in covered)
                isCovered[i] = true;
        }
    }

    /// <summary>
    /// The clause with a trait of the session, where honest people share it and what is odd of it has the trait. The
    /// clause alone exceeds the threshold: the trait is no evidence for it, and takes nobody in.
    /// </summary>
    private static Clause Narrowed(
        Observations observations, List<int> taken, double[] weights, Clause clause,
        IReadOnlyList<Trait> narrowing)
    {
        var best = clause;
        var purity = ShareOfOdd(taken, weights);
        if (purity >= Exact)
            return clause;
        var odd = taken.Count(i => weights[i] > 0);
        foreach (var trait in narrowing)
        {
            var narrowed = clause with { Trait = trait };
            var members = taken.Where(i => narrowed.Holds(observations[i])).ToList();
            if (members.Count(i => weights[i] > 0) < KeptOdd * odd)
                continue;
            var share = ShareOfOdd(members, weights);
            if (share > purity)
                (best, purity) = (narrowed, share);
        }
        return best;
    }

    private static double ShareOfOdd(List<int> members, double[] weights) =>
        members.Count == 0 ? 0 : (double)members.Count(i => weights[i] > 0) / members.Count;

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
