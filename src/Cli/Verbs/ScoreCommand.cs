using System.CommandLine;
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
            folders, scenarios, small, frontier, json, picture, threads,
        };
        world.AddTo(command);
        command.SetAction(parsed =>
        {
            var verb = new ScoreVerb(host, Math.Clamp(parsed.GetValue(threads), 1, 1024), parsed.GetValue(json),
                parsed.GetValue(picture));
            ScenarioOptions Options(string scenario) => parsed.GetValue(small)
                ? world.Read(parsed, scenario) with { Accounts = 6000, Days = 8 }
                : world.Read(parsed, scenario);
            if (parsed.GetValue(frontier) is { } name)
                return verb.RunFrontier(Options(name));
            string[] names = parsed.GetValue(scenarios) is ["all"]
                ? [.. ScenarioCatalog.All.Select(entry => entry.Name)]
                : parsed.GetValue(scenarios) ?? [];
            return verb.Run(parsed.GetValue(folders) ?? [], [.. names.Select(Options)]);
        });
        return command;
    }
}
