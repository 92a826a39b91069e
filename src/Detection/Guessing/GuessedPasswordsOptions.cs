using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Guessing;

public sealed record GuessedPasswordsOptions
{
    /// <summary>Evidence that is beyond chance: ln(10⁹), as for <c>suspicion</c>.</summary>
    [Range(1, 1000)]
    public double Threshold { get; init; } = 20.7;

    /// <summary>Of addresses that guess, how many are mostly refused: one to twenty in a thousand tries open.</summary>
    [Range(0.5, 0.999)]
    public double RateAmongThefts { get; init; } = 0.9;

    /// <summary>Of those who come with a program, how many are the thief's where he uses it.</summary>
    [Range(0.001, 1)]
    public double ThiefShare { get; init; } = 0.1;

    /// <summary>Log-ins that guessing opened before it is a theft and not an attempt.</summary>
    [Range(1, 1000)]
    public int LeastOpened { get; init; } = 3;
}
