using WhoSaw.Detection.Breadth;
using WhoSaw.Detection.Issuance;
using WhoSaw.Detection.Outflow;
using WhoSaw.Detection.Spill;
using WhoSaw.Detection.Suspicion;

namespace WhoSaw.Detection;

/// <summary>The options of all detectors, with defaults that raise nothing on quiet days.</summary>
public sealed record DetectionOptions
{
    public UnissuedCredentialOptions UnissuedCredential { get; init; } = new();
    public SuspicionOptions Suspicion { get; init; } = new();
    public BreadthOptions Breadth { get; init; } = new();
    public OutflowOptions Outflow { get; init; } = new();
    public SpillOptions Spill { get; init; } = new();
}
