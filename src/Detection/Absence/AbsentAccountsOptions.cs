using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Absence;

public sealed record AbsentAccountsOptions
{
    /// <summary>An actor that asked for fewer different accounts that do not exist is not looked at.</summary>
    [Range(1, 1_000_000)]
    public int LeastAccounts { get; init; } = 20;

    /// <summary>From this share of an actor's requests on it is more than stale links.</summary>
    [Range(0, 1)]
    public double LeastShare { get; init; } = 0.05;

    /// <summary>From this share on the severity is medium.</summary>
    [Range(0, 1)]
    public double MediumShare { get; init; } = 0.2;

    /// <summary>The rate among the ordinary is taken to be at least this.</summary>
    [Range(1e-9, 1)]
    public double LeastRate { get; init; } = 0.001;

    /// <summary>The chance, over all actors of a run, with which one may be named by accident.</summary>
    [Range(1e-300, 1)]
    public double FalseAlarms { get; init; } = 1e-6;
}
