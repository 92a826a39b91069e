using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Shifts;

public sealed record ShiftOptions
{
    /// <summary>
    /// From so many different people of one hour on, an operation's further ones are not looked at: a bound on memory.
    /// </summary>
    [Range(1000, 1_000_000_000)]
    public int MostPeopleAnHour { get; init; } = 4_000_000;
}
