using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Walks;

public sealed record WalkOptions
{
    /// <summary>An id so near beyond those read before goes on in order: holes between ids are passed over.</summary>
    [Range(1, 1_000_000)]
    public long MostGap { get; init; } = 32;

    /// <summary>With fewer steps in order nobody is looked at.</summary>
    [Range(2, 1_000_000)]
    public int LeastSteps { get; init; } = 20;

    /// <summary>From this share of an actor's steps on.</summary>
    [Range(0, 1)]
    public double LeastShare { get; init; } = 0.3;

    /// <summary>The share of steps in order among the ordinary is taken to be at least this.</summary>
    [Range(1e-9, 1)]
    public double LeastRate { get; init; } = 0.001;

    /// <summary>
    /// Where more than this share of everybody's steps is in order, order says nothing: there are too few ids.
    /// </summary>
    [Range(0, 1)]
    public double MostRate { get; init; } = 0.2;

    /// <summary>The chance, over all actors of a run, with which one may be named by accident.</summary>
    [Range(1e-300, 1)]
    public double FalseAlarms { get; init; } = 1e-9;
}
