using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Staff;

/// <summary>For <c>peer</c>: days on which an employee reads far more than anybody in his role usually does.</summary>
public sealed record SurplusOptions
{
    /// <summary>So many times the most that is usual for anybody in the role on such a day is beyond it.</summary>
    [Range(1.1, 100)]
    public double Times { get; init; } = 2.75;

    /// <summary>Of a thief's days so many are beyond it.</summary>
    [Range(0.1, 0.99)]
    public double ShareOfThief { get; init; } = 0.8;

    /// <summary>The chance that an honest day is beyond it is taken to be at least this: one day alone is not enough.
    /// </summary>
    [Range(1e-6, 0.1)]
    public double LeastChance { get; init; } = 1e-4;

    /// <summary>Others' days, with fewer of which nothing is known of honest days.</summary>
    [Range(5, 1_000_000)]
    public int LeastDays { get; init; } = 20;

    /// <summary>Days of employees in a year for which the threshold is made.</summary>
    [Range(1e3, 1e12)]
    public double DaysPerYear { get; init; } = 1e6;

    /// <summary>False alarms a year that are allowed, over all of them.</summary>
    [Range(1e-6, 1e3)]
    public double FalseAlarmsPerYear { get; init; } = 1;

    /// <summary>How often an employee's duty changes, a day.</summary>
    [Range(1e-6, 1)]
    public double ChangesOfDuty { get; init; } = 1.0 / 250;

    /// <summary>Employees and services whose days are remembered, some 600 bytes each.</summary>
    [Range(1, 100_000_000)]
    public int MostPrincipals { get; init; } = 100_000;

    /// <summary>Wald's bound: by chance evidence exceeds this so seldom (13.8 by default).</summary>
    public double Threshold => Math.Log(DaysPerYear / FalseAlarmsPerYear);
}
