using System.Numerics;
using System.Runtime.InteropServices;
using WhoSaw.Detection.Breadth;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// What clauses weigh over the observations that are not yet covered. Only the odd observations of a clause can lift
/// it, and they only become fewer: a clause whose odd ones together do not exceed the threshold is never held.
/// </summary>
internal sealed class ClauseTallies
{
    private readonly Observations _observations;
    private readonly double[] _weights;
    private readonly bool _pairs;
    private readonly bool _isPlaced;
    private readonly Dictionary<Clause, Tally> _tallies = [];
    private readonly List<Clause> _clauses = [];
    private readonly List<Tally> _changed = [];
    private readonly HashSet<ulong>[] _heavy;

    private sealed class Tally
    {
        public double Weight;
        public long Odd;
        public long All;
        public readonly List<int> Observations = [];
    }

    /// <param name="pairs">Conjunctions of two actors, instead of single ones.</param>
    /// <param name="isPlaced">Each clause must name more than a key or an agent.</param>
    public ClauseTallies(
        Observations observations, IReadOnlyList<int> members, double[] weights, double threshold,
        bool pairs, bool isPlaced = false)
    {
        (_observations, _weights, _pairs, _isPlaced) = (observations, weights, pairs, isPlaced);
        _heavy = Heavy(members, threshold);
        var odd = new Dictionary<Clause, double>();
        foreach (var i in members)
            if (weights[i] > 0)
                foreach (var clause in ClausesOf(i))
                    CollectionsMarshal.GetValueRefOrAddDefault(odd, clause, out _) += weights[i];
        foreach (var (clause, weight) in odd)
            if (weight > threshold)
                _tallies.Add(clause, new Tally());
        foreach (var i in members)
            foreach (var tally in Add(i, 1))
                tally.Observations.Add(i);
    }

    /// <summary>These observations are covered.</summary>
    public void Remove(IEnumerable<int> covered)
    {
        foreach (var i in covered)
            Add(i, -1);
    }

    /// <summary>The observations for which a clause that was chosen holds, covered ones included.</summary>
    public IReadOnlyList<int> ObservationsOf(Clause clause) => _tallies[clause].Observations;

    /// <summary>The purest clause that weighs more than the threshold; of equals the heavier.</summary>
    public (Clause Clause, double Weight, double Purity)? Best(double threshold)
    {
        (Clause Clause, double Weight, double Purity)? best = null;
        foreach (var (clause, tally) in _tallies)
        {
            var weight = tally.Weight;
            if (weight <= threshold || tally.All == 0)
                continue;
            var purity = Cover.WilsonLow(tally.Odd, tally.All);
            if (best is not { } b || purity > b.Purity
                || (purity == b.Purity && (weight, Order(clause)).CompareTo((b.Weight, Order(b.Clause))) > 0))
                best = (clause, weight, purity);
        }
        return best;
    }

    // Ties are broken by the numbers of the run, which depend on the logs alone.
    private static (int, ulong, int, ulong) Order(Clause clause) =>
        (-(int)clause.First.Kind, clause.First.Value, -(int)(clause.Second?.Kind ?? 0), clause.Second?.Value ?? 0);

    private List<Tally> Add(int i, int times)
    {
        _changed.Clear();
        if (_tallies.Count == 0)
            return _changed;
        foreach (var clause in ClausesOf(i))
        {
            if (!_tallies.TryGetValue(clause, out var tally))
                continue;
            tally.Weight += times * _weights[i];
            tally.Odd += _weights[i] > 0 ? times : 0;
            tally.All += times;
            _changed.Add(tally);
        }
        return _changed;
    }

    /// <summary>
    /// Of each kind the actors whose odd observations together exceed the threshold: no other is in a clause that does.
    /// </summary>
    private HashSet<ulong>[] Heavy(IReadOnlyList<int> members, double threshold)
    {
        // Most actors are odd once or twice: those that share a place with no heavy sum are not looked at one by one.
        var bits = Math.Clamp(BitOperations.Log2((uint)members.Count + 1), 6, 22);
        var (places, odd) = (new double[1 << bits], new Dictionary<Actor, double>());
        int PlaceOf(Actor actor) => (int)(Mixing.Mix(actor.Value ^ (ulong)actor.Kind << 60) >> (64 - bits));
        foreach (var (actor, weight) in OddActors(members))
            places[PlaceOf(actor)] += weight;
        foreach (var (actor, weight) in OddActors(members))
            if (places[PlaceOf(actor)] > threshold)
                CollectionsMarshal.GetValueRefOrAddDefault(odd, actor, out _) += weight;
        var heavy = new HashSet<ulong>[Actor.Kinds];
        for (var kind = 0; kind < heavy.Length; kind++)
            heavy[kind] = [];
        foreach (var (actor, weight) in odd)
            if (weight > threshold)
                heavy[(int)actor.Kind].Add(actor.Value);
        return heavy;
    }

    private IEnumerable<(Actor Actor, double Weight)> OddActors(IReadOnlyList<int> members)
    {
        foreach (var i in members)
        {
            if (_weights[i] <= 0)
                continue;
            var observation = _observations[i];
            for (var kind = 0; kind < Actor.Kinds; kind++)
                if (Actor.ValueOf(observation, (ActorKind)kind) is var value and not 0)
                    yield return (new Actor((ActorKind)kind, value), _weights[i]);
        }
    }

    private List<Clause> ClausesOf(int i)
    {
        _clauses.Clear();
        Span<Actor> actors = stackalloc Actor[Actor.Kinds];
        var (count, observation) = (0, _observations[i]);
        for (var kind = 0; kind < _heavy.Length; kind++)
        {
            if (_heavy[kind].Count == 0)
                continue;
            var value = Actor.ValueOf(observation, (ActorKind)kind);
            if (value != 0 && _heavy[kind].Contains(value))
                actors[count++] = new Actor((ActorKind)kind, value);
        }
        for (var a = 0; a < count; a++)
        {
            if (!_pairs && IsAllowed(actors[a]))
                _clauses.Add(new Clause(actors[a]));
            for (var b = a + 1; _pairs && b < count; b++)
                if (IsAllowed(actors[a]) || IsAllowed(actors[b]))
                    _clauses.Add(new Clause(actors[a], actors[b]));
        }
        return _clauses;
    }

    private bool IsAllowed(Actor actor) => !_isPlaced || actor.Kind is not (ActorKind.Key or ActorKind.Agent);
}
