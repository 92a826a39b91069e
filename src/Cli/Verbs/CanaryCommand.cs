using System.CommandLine;

namespace WhoSaw.Cli.Verbs;

internal static class CanaryCommand
{
    public static Command Create(Host host)
    {
        var accounts = new Option<string?>("--accounts")
        {
            Description = "The accounts that there are: account,status. Or the one that --config names.",
            HelpName = "F.csv",
        };
        var configuration = new Option<string?>("--config") { Description = "A whosaw.yaml.", HelpName = "F" };
        var count = new Option<int>("--count")
        {
            Description = "Decoys in all, those that are there among them; one in a thousand accounts otherwise.",
            HelpName = "N",
        };
        var except = new Option<string?>("--except")
        {
            Description = "Ids that are free and must stay so, one a line: deleted accounts, for one.",
            HelpName = "F",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Where to write the decoys as account,status. A file that exists is left alone.",
            HelpName = "F.csv",
        };
        var seed = new Option<ulong?>("--seed")
        {
            Description = "The same decoys again. Who knows it knows them: without it they cannot be foreseen.",
            HelpName = "N",
        };
        var plan = new Command("plan", "Where to plant decoy accounts, and what that buys.")
        {
            accounts, configuration, count, except, output, seed,
        };
        plan.Validators.Add(parsed =>
        {
            if (parsed.GetValue(accounts) is null == parsed.GetValue(configuration) is null)
                parsed.AddError("Name either --accounts or --config.");
            if (parsed.GetResult(count) is not null && parsed.GetValue(count) < 1)
                parsed.AddError("--count takes a number from 1 on.");
        });
        plan.SetAction(parsed => new CanaryVerb(host).Plan(new CanaryVerb.Request(
            parsed.GetValue(accounts), parsed.GetValue(configuration), parsed.GetValue(count), parsed.GetValue(except),
            parsed.GetValue(output), parsed.GetValue(seed))));
        return new Command("canary", "Decoy accounts, which nobody reads by right.") { plan };
    }
}
