using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>A forged or stolen pass goes straight to personal data: its holder never logs in.</summary>
internal sealed record FirstPageTrait() : SuspicionTrait(Theft.Pass, Trait.FirstPage, 0.9, "no log-in before it");
