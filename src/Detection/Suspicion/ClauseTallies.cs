using System.Runtime.InteropServices;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// What clauses weigh over the observations that are not yet covered. Only the odd observations of a clause can lift
/// it, and they only become fewer: a clause whose odd ones together do not exceed the threshold is never held.
/// </summary>
internal sealed class ClauseTallies
{
    private readonly IReadOnlyList<Observation> _observations;
    private readonly double[] _weights;
    private readonly bool _pairs;
    private readonly Dictionary<Clause, Tally> _tallies = [];
    private readonly List<Clause> _clauses = [];

    private record struct Tally(double Weight, long Odd, long All);

    /// <param name="pairs">Conjunctions of two actors, instead of single ones.</param>
    public ClauseTallies(
        IReadOnlyList<Observation> observations, IReadOnlyList<int> members, double[] weights, double threshold,
        bool pairs)
    {
        (_observations, _weights, _pairs) = (observations, weights, pairs);
        var odd = new Dictionary<Clause, double>();
        foreach (var i in members)
            if (weights[i] > 0)
                foreach (var clause in ClausesOf(i))
                    CollectionsMarshal.GetValueRefOrAddDefault(odd, clause, out _) += weights[i];
        foreach (var (clause, weight) in odd)
            if (weight > threshold)
                _tallies.Add(clause, default);
        foreach (var i in members)
            Add(i, 1);
    }

    /// <summary>These observations are covered.</summary>
    public void Remove(IEnumerable<int> covered)
    {
        foreach (var i in covered)
            Add(i, -1);
    }

    /// <summary>The purest clause that weighs more than the threshold; of equals the heavier.</summary>
    public (Clause Clause, double Weight, double Purity)? Best(double threshold)
    {
        (Clause Clause, double Weight, double Purity)? best = null;
        foreach (var (clause, (weight, odd, all)) in _tallies)
        {
            if (weight <= threshold || all == 0)
                continue;
            var purity = Cover.WilsonLow(odd, all);
            if (best is not { } b || purity > b.Purity
                || (purity == b.Purity && (weight, Order(clause)).CompareTo((b.Weight, Order(b.Clause))) > 0))
                best = (clause, weight, purity);
        }
        return best;
    }

    // Ties are broken by the numbers of the run, which depend on the logs alone.
    private static (int, ulong, int, ulong) Order(Clause clause) =>
        (-(int)clause.First.Kind, clause.First.Value, -(int)(clause.Second?.Kind ?? 0), clause.Second?.Value ?? 0);

    private void Add(int i, int times)
    {
        if (_tallies.Count == 0)
            return;
        foreach (var clause in ClausesOf(i))
        {
            ref var tally = ref CollectionsMarshal.GetValueRefOrNullRef(_tallies, clause);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref tally))
                continue;
            tally.Weight += times * _weights[i];
            tally.Odd += _weights[i] > 0 ? times : 0;
            tally.All += times;
        }
    }

    private List<Clause> ClausesOf(int i)
    {
        _clauses.Clear();
        Span<Actor> actors = stackalloc Actor[8];
        var count = Actor.Of(_observations[i], actors);
        for (var a = 0; a < count; a++)
        {
            if (!_pairs)
                _clauses.Add(new Clause(actors[a]));
            for (var b = a + 1; _pairs && b < count; b++)
                _clauses.Add(new Clause(actors[a], actors[b]));
        }
        return _clauses;
    }
}
