using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>A stolen service account is used from somewhere else.</summary>
internal sealed record NewNetworkTrait()
    : SuspicionTrait(Theft.StolenAccount, Trait.NewNetwork, 0.8, "from a network never used before");
