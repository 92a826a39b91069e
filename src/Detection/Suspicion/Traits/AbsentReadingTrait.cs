using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who walks through ids meets accounts that do not exist, whatever page he opens first.</summary>
internal sealed record AbsentReadingTrait()
    : SuspicionTrait(Theft.NoLogin, Trait.Absent, 0.3, "accounts that do not exist");
