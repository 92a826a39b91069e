using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion.Traits;

/// <summary>
/// Who looks people up for himself has no ticket to name. Only where a route says where tickets stand.
/// </summary>
internal sealed record NoTicketTrait() : SuspicionTrait(Theft.Insider, Trait.NoTicket, 0.8, "without a ticket")
{
    public override bool CanShow(DetectionContext context) =>
        context.Catalog.Operations.Any(operation => operation.NamesTicket);
}
