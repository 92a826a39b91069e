using System.ComponentModel.DataAnnotations;

namespace WhoSaw.Scoping.Exposures;

/// <summary>What the engine may use of the machine.</summary>
public sealed record ScopeEngineOptions
{
    /// <summary>0: as many as the machine has.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>
    /// Bytes of memory; what does not fit goes to <see cref="SpillDirectory"/>. 0: DuckDB's own choice.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long MemoryLimit { get; init; }

    /// <summary>
    /// Holds personal data while an engine is open, in a folder of the engine's own that goes with it. Null:
    /// <c>state/spill</c> in the ledger.
    /// </summary>
    public string? SpillDirectory { get; init; }

    internal Counting Counting { get; init; }

    /// <summary>Bytes that exposures may take in memory; 0: the memory limit, or half of the machine's.</summary>
    internal long ExposureMemory { get; init; }
}

/// <summary>Who counts exposures. The tests let both and compare.</summary>
internal enum Counting
{
    /// <summary>Ourselves while they fit into memory.</summary>
    InMemory,

    /// <summary>DuckDB, in tables that spill.</summary>
    Tables,
}
