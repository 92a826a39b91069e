using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Customers sit at home or on the move; a script runs in a rented machine.</summary>
internal sealed record HostingTrait() : SuspicionTrait(Theft.Pass, Trait.Hosting, 0.5, "from a hosting network")
{
    public override bool CanShow(DetectionContext context) => (context.OfAddresses & Trait.Hosting) != 0;
}
