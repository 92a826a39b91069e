using WhoSaw.Scoping.Exposures;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Growth;

/// <summary>One literal that a predicate grew by, with what speaks for it.</summary>
/// <param name="Evidence">G in nats: how much more likely its observations are under a theft; summed without its own
/// trait.</param>
/// <param name="Trail">What gave it away.</param>
/// <param name="Observations">Sessions, people or answers that it explains, beyond the steps before.</param>
/// <param name="Purity">Share of these that are suspicious by themselves, and its lower bound (Wilson, 95 %).</param>
/// <param name="AccountsAdded">Accounts exposed by it and by no step before it; decoys not counted.</param>
public sealed record GrowthStep(
    GrowthTrail Trail, Predicate Literal, double Evidence, long Observations, double Purity, double PurityAtLeast,
    long AccountsAdded, IReadOnlyList<LocatedRecord> Samples);

/// <summary>What a seed grew into. No steps: nothing around it is beyond chance.</summary>
/// <param name="Threshold">The evidence that a value had to exceed.</param>
/// <param name="SeedRecords">How many records the seed picked; 0: the ledger knows nothing of it.</param>
/// <param name="Outflows">What left without names, whatever the seed is.</param>
/// <param name="Unexplained">Values with evidence that no literal could take without taking honest people too.</param>
public sealed record GrowthResult(
    long SeedRecords, IReadOnlyList<GrowthStep> Steps, double Threshold, long Observations,
    IReadOnlyList<string> Unexplained, IReadOnlyList<UnnamedOutflow> Outflows)
{
    /// <summary>The union of the steps.</summary>
    public Predicate Where => Predicate.Or([.. Steps.Select(step => step.Literal)]);
}
