using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Breadth;

public sealed record BreadthOptions
{
    /// <summary>A session may see so many other people a day without a question being asked.</summary>
    [Range(1, 1_000_000)]
    public int SessionFloor { get; init; } = 8;

    /// <summary>So for an employee or a service account.</summary>
    [Range(1, 1_000_000)]
    public int PrincipalFloor { get; init; } = 60;

    /// <summary>So for an address where the log does not say whose session it is; own data then counts too.</summary>
    [Range(1, 1_000_000)]
    public int ClientFloor { get; init; } = 1000;

    /// <summary>How many robust standard deviations of the logarithm above the role's median are too many.</summary>
    [Range(1, 100)]
    public double Deviations { get; init; } = 8;

    /// <summary>The robust standard deviation is taken to be at least this, for roles that are very even.</summary>
    [Range(0, 10)]
    public double LeastSpread { get; init; } = 0.12;
}
