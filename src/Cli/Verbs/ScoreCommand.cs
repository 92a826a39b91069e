using System.CommandLine;
using WhoSaw.Detection;
using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Verbs;

internal static class ScoreCommand
{
    public static Command Create(Host host)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "Folders that simulate wrote, or others with a truth-exposed.csv.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        folders.RefuseOptions();
        var scenarios = new Option<string[]>("--scenarios")
        {
            Description = "Simulate these first, then score them; all: every one.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var small = new Option<bool>("--small")
        {
            Description =
            "Worlds of 6,000 accounts and 8 days: a minute for all."
        };
        var frontier = new Option<string?>("--frontier")
        {
            Description = "Find the weakest crime of this scenario that is still found, for some lengths of days.",
            HelpName = "NAME",
        };
        var seeds = new Option<int>("--seeds")
        {
            Description = "So many worlds of each scenario, from --seed on, summed up.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var calibrate = new Option<int>("--calibrate")
        {
            Description = "The largest evidence of honest actors in so many quiet worlds, against the threshold.",
            HelpName = "N",
        };
        var detectors = new Option<string[]>("--detectors")
        {
            Description = "Only these detectors look: what each does by itself.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        detectors.Validators.Add(given =>
        {
            var known = DetectorSet.AllNames.ToList();
            foreach (var name in given.Tokens.Select(token => token.Value).Except(known))
                given.AddError($"There is no detector '{name}': it is one of {string.Join(", ", known)}.");
        });
        var json = new Option<string?>(
            "--json")
        { Description = "Write the scores; - is standard output.", HelpName = "F" };
        var picture = new Option<string?>(
            "--picture")
        { Description = "Draw exposure over time with the alarms.", HelpName = "F.svg" };
        var threads = new Option<int>("--threads")
        {
            HelpName = "N",
            DefaultValueFactory = _ =>
            Environment.ProcessorCount
        };
        var world = new WorldOptions();
        var command = new Command("score", "Run the product over replays whose truth is known, and say how it did.")
        {
            folders, scenarios, small, frontier, seeds, calibrate, detectors, json, picture, threads,
        };
        world.AddTo(command);
        command.SetAction(parsed =>
        {
            var verb = new ScoreVerb(host, Math.Clamp(parsed.GetValue(threads), 1, 1024), parsed.GetValue(json),
                parsed.GetValue(picture),
                parsed.GetValue(detectors) is { Length: > 0 } only ? only.ToHashSet(StringComparer.Ordinal) : null);
            ScenarioOptions Options(string scenario) => parsed.GetValue(small)
                ? world.Read(parsed, scenario) with { Accounts = 6000, Days = 8 }
                : world.Read(parsed, scenario);
            if (parsed.GetValue(frontier) is { } name)
                return verb.RunFrontier(Options(name));
            if (parsed.GetValue(calibrate) is > 0 and var worlds)
                return verb.RunCalibration(Options("quiet"), Math.Min(worlds, 10_000));
            string[] names = parsed.GetValue(scenarios) is ["all"]
                ? [.. ScenarioCatalog.All.Select(entry => entry.Name)]
                : parsed.GetValue(scenarios) ?? [];
            var count = Math.Clamp(parsed.GetValue(seeds), 1, 10_000);
            return verb.Run(parsed.GetValue(folders) ?? [],
                [
                    .. names.Select(Options).SelectMany(options => Enumerable.Range(0, count)
                        .Select(i => options with { Seed = options.Seed + (ulong)i })),
                ],
                isMany: count > 1);
        });
        return command;
    }
}
