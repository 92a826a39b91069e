using System.ComponentModel.DataAnnotations;
using WhoSaw.Records;

namespace WhoSaw.Detection.Suspicion;

public sealed record SuspicionOptions
{
    /// <summary>Observations a year for which the threshold is made, over all actors.</summary>
    [Range(1e3, 1e15)]
    public double ObservationsPerYear { get; init; } = 1e9;

    /// <summary>False alarms a year that are allowed, over all actors.</summary>
    [Range(1e-6, 1e3)]
    public double FalseAlarmsPerYear { get; init; } = 1;

    /// <summary>How long a principal is watched before another network or software is new, in microseconds.</summary>
    [Range(0, 90 * EventTime.Day)]
    public long StaffWarmUp { get; init; } = 2 * EventTime.Day;

    /// <summary>Reads without another network, for each known one, after which a principal's habits are settled
    /// sooner.</summary>
    [Range(1, 1_000_000)]
    public int SettlingReads { get; init; } = 50;

    /// <summary>How much of an insider's reads is theft; the rest is his honest work.</summary>
    [Range(0.001, 1)]
    public double InsiderShare { get; init; } = 0.1;

    /// <summary>An hour with less than this share of the role's other reads is out of hours.</summary>
    [Range(0, 1)]
    public double OffHoursShare { get; init; } = 0.004;

    /// <summary>
    /// Observations that are held for the join; beyond that the oldest eighth is forgotten, and the run says so.
    /// </summary>
    [Range(1000, 1_000_000_000)]
    public int MostObservations { get; init; } = 8_000_000;

    /// <summary>
    /// Wald's bound: by chance an excursion exceeds this with probability at most f/M (20.7 by default).
    /// </summary>
    public double Threshold => Math.Log(ObservationsPerYear / FalseAlarmsPerYear);
}
