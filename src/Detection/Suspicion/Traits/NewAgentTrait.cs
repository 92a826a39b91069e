using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>A stolen service account is used with other software.</summary>
internal sealed record NewAgentTrait()
    : SuspicionTrait(Theft.StolenAccount, Trait.NewAgent, 0.5, "with software never used before");
