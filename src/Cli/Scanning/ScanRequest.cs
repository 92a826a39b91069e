using WhoSaw.Records;

namespace WhoSaw.Cli.Scanning;

/// <summary>What was asked for on the command line of <c>scan</c>.</summary>
internal sealed record ScanRequest
{
    public IReadOnlyList<string> Logs { get; init; } = [];
    public string? Config { get; init; }
    public string? Ledger { get; init; }
    public string? Json { get; init; }

    /// <summary>As given with <c>--output</c>; added to those of the configuration.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
    public string? Report { get; init; }
    public string? FingerprintKey { get; init; }
    public string? Language { get; init; }
    public EventTime From { get; init; } = EventTime.Earliest;
    public EventTime To { get; init; } = EventTime.Latest;
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool KeepAll { get; init; }

    /// <summary>False for a measurement of everything else; what is found then says nothing.</summary>
    public bool Detects { get; init; } = true;

    /// <summary>The logs themselves go into the ledger too.</summary>
    public bool KeepOriginals { get; init; }

    /// <summary>Also say how much evidence came together in anybody, found or not: for <c>score</c>.</summary>
    public bool MeasuresEvidence { get; init; }
}
