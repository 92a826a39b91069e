using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Answers;

public sealed record FullerAnswersOptions
{
    /// <summary>Answers of an operation before it is known how long they are.</summary>
    [Range(10, 1_000_000)]
    public int LeastBefore { get; init; } = 100;

    /// <summary>Longer answers before it is more than a few long ones.</summary>
    [Range(5, 1_000_000)]
    public int LeastAfter { get; init; } = 20;

    /// <summary>Median against median from which an answer shows more, and not another date format.</summary>
    [Range(1.05, 100)]
    public double LeastRatio { get; init; } = 1.3;
}
