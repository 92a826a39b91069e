using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who tries ids meets accounts that do not exist.</summary>
internal sealed record AbsentPersonTrait()
    : SuspicionTrait(Theft.Others, Trait.Absent, 0.3, "accounts that do not exist");
