using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who tries ids meets dormant accounts.</summary>
internal sealed record DormantPersonTrait() : SuspicionTrait(Theft.Others, Trait.Dormant, 0.2, "dormant accounts");
