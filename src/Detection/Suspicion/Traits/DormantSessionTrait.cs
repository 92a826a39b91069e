using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who walks through ids meets accounts that their owners left long ago.</summary>
internal sealed record DormantSessionTrait() : SuspicionTrait(Theft.Pass, Trait.Dormant, 0.2, "dormant accounts");
