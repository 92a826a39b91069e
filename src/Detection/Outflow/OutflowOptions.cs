using System.ComponentModel.DataAnnotations;
using WhoSaw.Records;

namespace WhoSaw.Detection.Outflow;

/// <summary>What is counted, and how much of it in an hour and a day nobody asks about.</summary>
public sealed record OutflowOptions
{
    /// <summary>A source is learned for so long before anything of it is judged, in microseconds.</summary>
    [Range(0, 365 * EventTime.Day)]
    public long WarmUp { get; init; } = 2 * EventTime.Day;

    /// <summary>So many times an actor's own largest hour or day are too much.</summary>
    [Range(1, 1000)]
    public double Times { get; init; } = 4;

    /// <summary>How many robust standard deviations of the logarithm above the role's median are too much.</summary>
    [Range(1, 100)]
    public double Deviations { get; init; } = 6;

    /// <summary>The spread of the logarithm is taken to be at least this.</summary>
    [Range(0, 10)]
    public double LeastSpread { get; init; } = 0.5;

    [Range(1, long.MaxValue)]
    public long RowsAnHour { get; init; } = 1000;
    [Range(1, long.MaxValue)]
    public long RowsADay { get; init; } = 2000;
    [Range(1, long.MaxValue)]
    public long FlowAnHour { get; init; } = 64L << 20;
    [Range(1, long.MaxValue)]
    public long FlowADay { get; init; } = 256L << 20;
    [Range(1, long.MaxValue)]
    public long AnswersAnHour { get; init; } = 256L << 20;
    [Range(1, long.MaxValue)]
    public long AnswersADay { get; init; } = 1L << 30;

    /// <summary>So many actors are remembered; beyond it the half that moved least is forgotten.</summary>
    [Range(1000, 100_000_000)]
    public int MostActors { get; init; } = 1_000_000;
}
