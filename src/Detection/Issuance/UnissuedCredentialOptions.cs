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

    /// <summary>
    /// The chance, over all actors of a run, with which one may be named by accident under a lossy issuer log.
    /// </summary>
    [Range(1e-30, 1)]
    public double FalseAlarms { get; init; } = 1e-6;

    /// <summary>
    /// Where more of all sessions have no record (or, without an issuer's log, no log-in before personal data), their
    /// absence says nothing.
    /// </summary>
    [Range(0, 1)]
    public double MostOrphans { get; init; } = 0.2;

    /// <summary>An actor with fewer sessions without a record is not looked at.</summary>
    [Range(1, 1_000_000)]
    public int LeastOrphans { get; init; } = 4;

    /// <summary>The rate of orphans among the ordinary is taken to be at least this.</summary>
    [Range(1e-9, 1)]
    public double LeastLoss { get; init; } = 0.001;
}
