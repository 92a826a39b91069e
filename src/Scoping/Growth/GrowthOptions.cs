using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Scoping.Growth;

public sealed record GrowthOptions
{
    /// <summary>
    /// Evidence, in nats, under which nothing is ever called a theft: a billion observations, one false alarm.
    /// </summary>
    [Range(1, 1000)]
    public double LeastEvidence { get; init; } = 20.7;

    /// <summary>
    /// Evidence that is enough for a session or an account that is tied to a theft that was found: far fewer values
    /// are looked at, so far less is beyond chance.
    /// </summary>
    [Range(1, 1000)]
    public double KinEvidence { get; init; } = 7;

    /// <summary>False alarms a year that are allowed over all actors.</summary>
    [Range(1e-6, 1000)]
    public double FalseAlarmsAYear { get; init; } = 1;

    /// <summary>A value of which less than this share is suspicious does not enter a predicate by itself.</summary>
    [Range(0, 1)]
    public double LeastPurity { get; init; } = 0.9;

    /// <summary>Values of one kind whose purity differs by no more are one step.</summary>
    [Range(0, 1)]
    public double SamePurity { get; init; } = 0.005;

    [Range(1, 1000)]
    public int MostSteps { get; init; } = 40;

    [Range(0, 1000)]
    public int Samples { get; init; } = 3;
}
