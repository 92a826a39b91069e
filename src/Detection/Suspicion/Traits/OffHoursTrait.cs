using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>An hour, and those next to it, with under 0.4 % of the reads of everybody else in the role.</summary>
internal sealed record OffHoursTrait()
    : SuspicionTrait(Theft.Insider, Trait.OffHours, 0.3, "at hours when the role does not work");
