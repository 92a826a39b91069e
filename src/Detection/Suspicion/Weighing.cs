using WhoSaw.Detection.Suspicion.Traits;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

/// <summary>
/// The observations that one kind of theft is weighed by, what each weighs, and which of them are chosen as one.
/// </summary>
/// <param name="members">Those observations, in the order of time.</param>
/// <param name="weights">Room by observation; only that of the members is used.</param>
internal sealed class Weighing(
    Observations observations, SuspicionOptions options, Theft theft, IReadOnlyList<SuspicionTrait> traits,
    List<int> members, double[] weights)
{
    // Odd still, but no evidence.
    private const double OfRepeat = 1e-9;

    public Theft Theft => theft;

    public IReadOnlyList<SuspicionTrait> Traits => traits;

    public List<int> Members => members;

    public double[] Weights => weights;

    /// <summary>How often each trait shows among the ordinary.</summary>
    public TraitRates Rates { get; private set; } = new(traits);

    public IReadOnlyList<Covered> Chosen { get; private set; } = [];

    /// <summary>Learns the rates without some that are no longer thought ordinary, weighs all, and chooses.</summary>
    public void Choose(HashSet<int> without)
    {
        Weigh(without);
        Chosen = members.Count == 0 ? [] : theft switch
        {
            Theft.Insider => Excursions.Of(observations, members, weights, options.Threshold),
            Theft.NoLogin => Placed(),
            Theft.Others => Kin.Join(observations, members, weights, Cover(members)),
            _ => Cover(members),
        };
    }

    /// <summary>The most that any actor's evidence comes to, chosen or not.</summary>
    public double Largest()
    {
        Weigh([]);
        return Excursions.Largest(observations, members, weights,
            theft == Theft.Insider ? [ActorKind.Principal] : Enum.GetValues<ActorKind>());
    }

    private IReadOnlyList<Covered> Cover(List<int> of) =>
        Suspicion.Cover.Of(observations, of, weights, options.Threshold);

    /// <summary>Where the thief sits first; keys and agents, which honest people share, for what is left.</summary>
    private List<Covered> Placed()
    {
        IReadOnlyList<Covered> Of(List<int> of, bool isPlaced) =>
            Suspicion.Cover.Of(observations, of, weights, options.Threshold, [Trait.NoLogin], isPlaced);
        var placed = Of(members, isPlaced: true);
        var taken = placed.SelectMany(covered => covered.Observations).ToHashSet();
        return [.. placed, .. Of([.. members.Where(i => !taken.Contains(i))], isPlaced: false)];
    }

    private void Weigh(HashSet<int> without)
    {
        Rates = new TraitRates(traits);
        Rates.Learn(observations, without.Count == 0 ? members : members.FindAll(i => !without.Contains(i)));
        // Those of one kind weigh alike, and there are millions.
        var weightOf = new double?[observations.Kinds];
        foreach (var i in members)
        {
            ref var weight = ref weightOf[observations.KindNumberOf(i)];
            weights[i] = weight ??= WeightOf(observations.KindOf(i));
        }
    }

    private double WeightOf(in ObservationKind kind)
    {
        var weight = Rates.Weigh(kind);
        // An insider's days are mostly honest work, so an honest read says little for him.
        if (theft == Theft.Insider)
            weight = Math.Log(1 - options.InsiderShare + options.InsiderShare * Math.Exp(weight));
        return kind.IsRepeat && theft is Theft.Pass or Theft.NoLogin or Theft.Insider
            ? Math.Min(weight, OfRepeat)
            : weight;
    }
}
