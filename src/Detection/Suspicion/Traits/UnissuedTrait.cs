using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Under a lossy issuer log, where one unissued session is not yet a fact.</summary>
internal sealed record UnissuedTrait() : SuspicionTrait(Theft.Pass, Trait.Unissued, 0.9, "no issuer record")
{
    public override bool CanShow(DetectionContext context) => context.HasIssuer;
}
