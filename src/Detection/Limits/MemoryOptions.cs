using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Detection.Limits;

/// <summary>How much is remembered at most; beyond it the run says what it could not tell.</summary>
public sealed record MemoryOptions
{
    /// <summary>Issued passes, under 12 bytes each.</summary>
    [Range(1, 1_000_000_000)]
    public long IssuedPasses { get; init; } = 200_000_000;

    /// <summary>Sessions that were used, under 12 bytes each.</summary>
    [Range(1, 1_000_000_000)]
    public long Sessions { get; init; } = 200_000_000;

    /// <summary>
    /// Actors of a kind (address, network, session, principal) whose order of reading is followed; some 300 bytes each.
    /// </summary>
    [Range(4, 1_000_000_000)]
    public int Walkers { get; init; } = 2_000_000;

    /// <summary>Address and account, where there is no such account: 16 bytes each at most.</summary>
    [Range(1, 1_000_000_000)]
    public int AbsentPairs { get; init; } = 50_000_000;
}
