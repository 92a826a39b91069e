using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Dormancy;

public sealed record DormantAccountsOptions
{
    /// <summary>Whoever read fewer different dormant accounts in a day from one address is not looked at.</summary>
    [Range(1, 1_000_000)]
    public int LeastAccounts { get; init; } = 5;

    /// <summary>From this share of the day's reads on it is more than a few owners who come back.</summary>
    [Range(0, 1)]
    public double LeastShare { get; init; } = 0.05;

    /// <summary>
    /// Above this share of what a service read, or an employee beyond the most of his days before, it is work with
    /// dormant accounts.
    /// </summary>
    [Range(0, 1)]
    public double MostShare { get; init; } = 0.5;

    /// <summary>Reads of the days before, below which nothing is known of what a principal reads.</summary>
    [Range(1, 1_000_000)]
    public int LeastPast { get; init; } = 50;

    /// <summary>Who has colleagues must have read so many times what he usually does.</summary>
    [Range(1, 100)]
    public double LeastTimes { get; init; } = 1.5;

    /// <summary>The rate among the ordinary is taken to be at least this.</summary>
    [Range(1e-9, 1)]
    public double LeastRate { get; init; } = 0.001;

    /// <summary>The chance, over all actors of a run, with which one may be named by accident.</summary>
    [Range(1e-300, 1)]
    public double FalseAlarms { get; init; } = 1e-9;

    /// <summary>Days of a principal at an address that are remembered.</summary>
    [Range(1, 1_000_000_000)]
    public int MostDays { get; init; } = 1_000_000;
}
