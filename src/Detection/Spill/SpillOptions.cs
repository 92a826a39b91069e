using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Spill;

public sealed record SpillOptions
{
    /// <summary>
    /// How unlikely, as a power of ten, so many right checksums must be by chance before numbers are what they look
    /// like.
    /// </summary>
    [Range(1, 300)]
    public double Certainty { get; init; } = 7;

    /// <summary>So many places are remembered; further ones are counted together for each source.</summary>
    [Range(1, 1_000_000)]
    public int MostPlaces { get; init; } = 10_000;
}
