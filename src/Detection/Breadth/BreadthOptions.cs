using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Breadth;

/// <summary>For <c>breadth</c> and <c>peer</c>. Floors: so many different people raise no question.</summary>
public sealed record BreadthOptions
{
    /// <summary>Of a session, in an hour or a day: other people than its own account.</summary>
    [Range(1, 1_000_000)]
    public int SessionFloor { get; init; } = 8;

    /// <summary>Of an employee or a service account, in an hour or a day.</summary>
    [Range(1, 1_000_000)]
    public int PrincipalFloor { get; init; } = 60;

    /// <summary>
    /// Of an address where the log does not say whose session it is, in an hour or a day; own data then counts too.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ClientFloor { get; init; } = 1000;

    /// <summary>
    /// Of an address, a network, a kind of software or a key, in an hour or a day: other people than the accounts of
    /// its sessions.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SharedFloor { get; init; } = 50;

    /// <summary>In thirty days so many times the floor of a day.</summary>
    [Range(1, 30)]
    public int MonthFloors { get; init; } = 5;

    /// <summary>In a year so many times the floor of a day.</summary>
    [Range(1, 366)]
    public int YearFloors { get; init; } = 12;

    /// <summary>How many robust standard deviations of the logarithm above the role's median are too many.</summary>
    [Range(1, 100)]
    public double Deviations { get; init; } = 8;

    /// <summary>The robust standard deviation is taken to be at least this, for roles that are very even.</summary>
    [Range(0, 10)]
    public double LeastSpread { get; init; } = 0.12;

    /// <summary>
    /// Bytes for what readers saw, a third of them for those of one or two people. What has the least evidence is
    /// forgotten when there is no room.
    /// </summary>
    [Range(1L << 20, 1L << 40)]
    public long Memory { get; init; } = 512L << 20;

    internal int Floor(ReaderKind kind, CountingSpan span) => kind switch
    {
        ReaderKind.Credential => SessionFloor,
        ReaderKind.Principal => PrincipalFloor,
        ReaderKind.Anonymous => ClientFloor,
        _ => SharedFloor,
    } * span switch
    {
        CountingSpan.Month => MonthFloors,
        CountingSpan.Year => YearFloors,
        _ => 1,
    };
}
