using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who walks through ids meets accounts that their owners left long ago, whatever page he opens first.</summary>
internal sealed record DormantReadingTrait() : SuspicionTrait(Theft.NoLogin, Trait.Dormant, 0.2, "dormant accounts");
