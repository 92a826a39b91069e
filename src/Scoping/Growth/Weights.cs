using WhoSaw.Records;

namespace WhoSaw.Scoping.Growth;

/// <summary>The units of observation; see docs/scope.md.</summary>
internal enum UnitKind : byte
{
    Session,
    PersonSeen,
    PersonSeenByStaff,
}

/// <summary>
/// What observations of one kind, agent and set of traits weigh, as millionths of a nat, so that sums are exact.
/// </summary>
internal readonly record struct Weight(UnitKind Kind, long Traits, long Total, IReadOnlyDictionary<long, long> ByTrait)
{
    public long Without(long trait) => Total - ByTrait.GetValueOrDefault(trait);
}

/// <summary>
/// Log-likelihood ratios of traits: a theft's constant rate against the rate that was learned from this ledger.
/// </summary>
internal sealed class Weights
{
    private const double Prior = 200;

    private static readonly (UnitKind Kind, Trait Trait, double Rate)[] Thefts =
    [
        (UnitKind.Session, Trait.FirstPage, 0.9), (UnitKind.Session, Trait.Unissued, 0.9),
        (UnitKind.Session, Trait.Absent, 0.3), (UnitKind.Session, Trait.Dormant, 0.2),
        (UnitKind.PersonSeen, Trait.SomeoneElse, 0.9), (UnitKind.PersonSeen, Trait.Absent, 0.3),
        (UnitKind.PersonSeen, Trait.Dormant, 0.2),
        (UnitKind.PersonSeenByStaff, Trait.NewNetwork, 0.8), (UnitKind.PersonSeenByStaff, Trait.NewAgent, 0.5),
    ];

    /// <summary>
    /// How many observations of a kind, agent and set of traits there are, and how many of them carry no alarm.
    /// </summary>
    public readonly record struct Count(UnitKind Kind, string Agent, long Traits, long All, long Ordinary);

    public static long MaskOf(UnitKind kind) =>
        Thefts.Where(theft => theft.Kind == kind).Aggregate(0L, (mask, theft) => mask | (long)theft.Trait);

    /// <summary>
    /// A weight for each count, in their order. <paramref name="cap"/>: no trait is more ordinary than this.
    /// </summary>
    public static List<Weight> Learn(IReadOnlyList<Count> counts, double cap)
    {
        var weights = counts.Select(count => new Dictionary<long, long>()).ToList();
        foreach (var (kind, trait, theft) in Thefts)
        {
            var bit = (long)trait;
            var of = Enumerable.Range(0, counts.Count).Where(i => counts[i].Kind == kind).ToList();
            // A trait that is never there cannot be seen in these logs (no issuer log, no directory): it says nothing.
            if (!of.Any(i => (counts[i].Traits & bit) != 0))
                continue;
            double n = of.Sum(i => counts[i].Ordinary);
            double with = of.Sum(i => (counts[i].Traits & bit) != 0 ? counts[i].Ordinary : 0);
            var population = Math.Clamp((with + 1) / (n + Prior), 1e-4, cap);
            foreach (var context in of.GroupBy(i => counts[i].Agent))
            {
                double m = context.Sum(i => counts[i].Ordinary);
                double here = context.Sum(i => (counts[i].Traits & bit) != 0 ? counts[i].Ordinary : 0);
                var rate = Math.Clamp((here + Prior * population) / (m + Prior), 1e-4, cap);
                // ordinary in this context: no evidence either way
                if (rate >= 0.5 || rate >= theft)
                    continue;
                foreach (var i in context)
                    weights[i][bit] = Millionths((counts[i].Traits & bit) != 0
                        ? Math.Log(theft / rate)
                        : Math.Log((1 - theft) / (1 - rate)));
            }
        }
        return [.. counts.Select(
            (count, i) => new Weight(count.Kind, count.Traits, weights[i].Values.Sum(), weights[i]))];
    }

    private static long Millionths(double nats) => (long)Math.Round(nats * 1e6);
}
