using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>
/// Who makes up passes makes some for accounts that do not exist, whatever page he opens first. The session's own
/// account, therefore: a broken link to somebody else's is no theft.
/// </summary>
internal sealed record AbsentReadingTrait()
    : SuspicionTrait(Theft.NoLogin, Trait.Absent, 0.3, "passes for accounts that do not exist");
