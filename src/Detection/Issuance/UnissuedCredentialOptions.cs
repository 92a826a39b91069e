using System.ComponentModel.DataAnnotations;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

public sealed record UnissuedCredentialOptions
{
    /// <summary>
    /// How long an issuer record may come after the first use of its credential, in microseconds, before it is missed.
    /// </summary>
    [Range(0, EventTime.Day)]
    public long Grace { get; init; } = EventTime.Minute;

    /// <summary>
    /// How many sessions with a login must all have their issuer record before a single session without one is a fact.
    /// With fewer, or with losses, it is evidence among other evidence.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LoginsThatShowWholeness { get; init; } = 300;
}
