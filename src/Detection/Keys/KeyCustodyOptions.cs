using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Keys;

public sealed record KeyCustodyOptions
{
    /// <summary>The days before with which a key's share of new sessions is compared.</summary>
    [Range(1, 365)]
    public int DaysToLearn { get; init; } = 5;

    /// <summary>A share must be beyond so many times the earlier one, by more than chance.</summary>
    [Range(1, 1000)]
    public double Growth { get; init; } = 3;

    /// <summary>A key so young, in days, is being introduced: its share may grow.</summary>
    [Range(0, 365)]
    public int IntroductionDays { get; init; } = 30;

    /// <summary>The chance, over all keys of a run, with which one may be named by accident.</summary>
    [Range(1e-300, 1)]
    public double FalseAlarms { get; init; } = 1e-6;
}
