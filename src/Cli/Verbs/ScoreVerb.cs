using WhoSaw.Cli.Pages;
using WhoSaw.Cli.Scoring;
using WhoSaw.Detection.Suspicion;
using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Verbs;

/// <summary>
/// <c>whosaw score</c>: how we do where the truth is known. Exit status 1 when a replay is not judged right.
/// </summary>
internal sealed class ScoreVerb(
    Host host, int threads, string? json, string? picture, IReadOnlySet<string>? detectors)
{
    /// <param name="isMany">The scenarios are the same ones over many seeds: say it in sums.</param>
    public int Run(IReadOnlyList<string> folders, IReadOnlyList<ScenarioOptions> scenarios, bool isMany)
    {
        if (folders.Count == 0 && scenarios.Count == 0)
            return host.Fail(ExitStatus.Usage,
                "name replays to score, or scenarios to simulate: "
                + "whosaw score DIR… or whosaw score --scenarios all --small");
        if (scenarios.SelectMany(options => options.Faults()).Distinct().ToList() is { Count: > 0 } faults)
            return host.Fail(ExitStatus.Usage, faults);
        if (folders.FirstOrDefault(folder => !File.Exists(Path.Combine(folder, "whosaw.yaml"))) is { } missing)
            return host.Fail(ExitStatus.Usage, $"{missing} has no whosaw.yaml: it is no replay");
        var scores = new List<ReplayScore>();
        foreach (var folder in folders)
            if (!Judge(folder, scores))
                return ExitStatus.Usage;
        foreach (var options in scenarios)
        {
            if (!Simulated(options, folder => Judge(folder, scores)))
                return ExitStatus.Usage;
            scores[^1] = scores[^1] with { Seed = options.Seed };
        }
        if (picture is not null)
            WriteTo(picture, file => ScorePicture.Write(file, scores));
        if (json is not null)
            WriteJson(output => ScoreTable.WriteJson(output, scores));
        if (json != "-" && isMany)
            ManyWorlds.Write(new PageWriter(host.Page()), scores);
        else if (json != "-")
            ScoreTable.Write(new PageWriter(host.Page()), scores);
        return scores.All(score => score.IsRight) ? ExitStatus.Nothing : ExitStatus.Findings;
    }

    /// <summary>The weakest crime that is found, for each length of it.</summary>
    public int RunFrontier(ScenarioOptions options)
    {
        if (options.Faults() is { Count: > 0 } faults)
            return host.Fail(ExitStatus.Usage, faults);
        if (!ScenarioCatalog.Find(options.Scenario)!.IsCrime)
            return host.Fail(ExitStatus.Usage, $"{options.Scenario} is no crime: there is nothing to find in it");
        var points = new Frontier(options, Judged).Walk();
        if (picture is not null)
            WriteTo(picture, file => FrontierPicture.Write(file, options.Scenario, points));
        if (json is not null)
            WriteJson(output => FrontierTable.WriteJson(output, options.Scenario, points));
        if (json != "-")
            FrontierTable.Write(new PageWriter(host.Page()), points);
        return ExitStatus.Nothing;
    }

    /// <summary>How far honest actors of quiet worlds stay below the threshold. Status 1 when one does not.</summary>
    public int RunCalibration(ScenarioOptions options, int worlds)
    {
        if (options.Faults() is { Count: > 0 } faults)
            return host.Fail(ExitStatus.Usage, faults);
        var measured = new Calibration(options, Measured).Walk(worlds);
        var threshold = new SuspicionOptions().Threshold;
        if (picture is not null)
            WriteTo(picture, file => CalibrationPicture.Write(file, measured, threshold));
        ManyWorlds.Write(new PageWriter(host.Page()), measured, threshold);
        return measured.All(world => world.Largest.All(largest => largest.Evidence <= threshold))
            ? ExitStatus.Nothing
            : ExitStatus.Findings;
    }

    private IReadOnlyList<(string Theft, double Evidence)> Measured(ScenarioOptions options)
    {
        IReadOnlyList<(string Theft, double Evidence)> largest = [];
        var isRead = Simulated(options, folder =>
        {
            (largest, var faults) = new ReplayJudge(host.Clock, threads).LargestEvidence(folder);
            return faults.Count == 0;
        });
        return isRead ? largest : throw new IOException($"the replay of {options.Scenario} could not be read");
    }

    private ReplayScore Judged(ScenarioOptions options)
    {
        var scores = new List<ReplayScore>();
        if (!Simulated(options, folder => Judge(folder, scores)))
            throw new IOException($"the replay of {options.Scenario} could not be read");
        return scores[0];
    }

    private bool Simulated(ScenarioOptions options, Func<string, bool> use)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-replay-").FullName;
        try
        {
            SimulateVerb.WriteTo(folder, options, threads);
            return use(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private bool Judge(string folder, List<ReplayScore> scores)
    {
        var (score, faults) = new ReplayJudge(host.Clock, threads, detectors).Judge(folder);
        if (score is null)
        {
            host.Fail(ExitStatus.Usage, faults);
            return false;
        }
        scores.Add(score);
        return true;
    }

    private void WriteJson(Action<Stream> write)
    {
        using var output = json == "-" ? host.OpenOutput() : File.Create(json!);
        write(output);
    }

    private static void WriteTo(string path, Action<TextWriter> write)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        write(file);
    }
}
