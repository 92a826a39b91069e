using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>Makes a plan of logs alone: recognises the format, infers the routes, and says what it assumed.</summary>
internal static class ZeroConfiguration
{
    public static (ScanPlan? Plan, IReadOnlyList<string> Faults) Plan(IReadOnlyList<string> logs) =>
        (null, ["not yet: " + logs.Count + SourceFiles.FaultOf(logs[0])]);
}
