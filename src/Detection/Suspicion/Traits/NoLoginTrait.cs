using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>
/// A forged pass opens ordinary pages first, and still never logs in. Sessions that are older than the logs have no
/// log-in either: how many these are depends on how far the logs reach back, and is learned for each week.
/// </summary>
internal sealed record NoLoginTrait() : SuspicionTrait(Theft.NoLogin, Trait.NoLogin, 0.9, "never logged in")
{
    // Young logs know few log-ins: a little of everything would pass for evidence.
    public override double Habit => 0.2;

    public override bool CanShow(DetectionContext context) => !context.HasIssuer;
}
