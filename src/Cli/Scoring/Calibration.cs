using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Scoring;

/// <summary>The most evidence that any honest actor of a world came to, by kind of theft.</summary>
internal sealed record CalibrationWorld(
    ulong Seed, bool HasIssuer, IReadOnlyList<(string Theft, double Evidence)> Largest);

/// <summary>
/// How far honest actors stay below the threshold: quiet worlds, one a seed, each with an issuer's log and without.
/// </summary>
internal sealed class Calibration(
    ScenarioOptions options, Func<ScenarioOptions, IReadOnlyList<(string Theft, double Evidence)>> measure)
{
    public IReadOnlyList<CalibrationWorld> Walk(int worlds)
    {
        var measured = new List<CalibrationWorld>();
        for (var i = 0; i < worlds; i++)
            foreach (var hasIssuer in (bool[])[true, false])
            {
                var world = options with { Seed = options.Seed + (ulong)i, WithIssuer = hasIssuer };
                measured.Add(new CalibrationWorld(world.Seed, hasIssuer, measure(world)));
            }
        return measured;
    }
}
