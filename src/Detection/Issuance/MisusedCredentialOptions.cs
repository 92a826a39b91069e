using System.ComponentModel.DataAnnotations;
using WhoSaw.Records;

namespace WhoSaw.Detection.Issuance;

/// <summary>For <c>expired-credential</c> and <c>borrowed-credential</c>.</summary>
public sealed record MisusedCredentialOptions
{
    /// <summary>
    /// A use so long after the end of a credential may still be a clock that is slow, in microseconds.
    /// </summary>
    [Range(0, EventTime.Day)]
    public long ClockSkew { get; init; } = 10 * EventTime.Minute;

    /// <summary>
    /// When so many of all issued sessions are misused alike, the site works that way, and it is nobody's theft.
    /// </summary>
    [Range(0, 1)]
    public double OrdinaryShare { get; init; } = 0.005;

    /// <summary>
    /// Expired uses are a fact only when the chance that all of them are refreshes whose record was lost, and no
    /// log-in's with them, is below this.
    /// </summary>
    [Range(1e-30, 1)]
    public double LostRefreshes { get; init; } = 1e-3;

    /// <summary>The chance, over all actors of a run, with which one may be named by accident.</summary>
    [Range(1e-30, 1)]
    public double FalseAlarms { get; init; } = 1e-6;
}
