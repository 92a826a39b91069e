using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>The session reads an account that is not its own.</summary>
internal sealed record SomeoneElseTrait() : SuspicionTrait(Theft.Others, Trait.SomeoneElse, 0.9, "other people's data");
