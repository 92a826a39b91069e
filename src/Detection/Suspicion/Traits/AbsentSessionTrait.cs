using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>Who walks through ids meets accounts that do not exist.</summary>
internal sealed record AbsentSessionTrait()
    : SuspicionTrait(Theft.Pass, Trait.Absent, 0.3, "accounts that do not exist");
