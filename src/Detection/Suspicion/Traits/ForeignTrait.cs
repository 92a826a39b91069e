using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Few customers of a shop are abroad; of those who stole from one, many were.</summary>
internal sealed record ForeignTrait() : SuspicionTrait(Theft.Pass, Trait.Foreign, 0.5, "from abroad")
{
    public override bool CanShow(DetectionContext context) => (context.OfAddresses & Trait.Foreign) != 0;
}
