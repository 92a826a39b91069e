using System.CommandLine;
using System.Globalization;
using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Verbs;

internal static class SimulateCommand
{
    public static Command Create(Host host)
    {
        var scenario = new Argument<string>("SCENARIO")
        {
            Description = string.Join(", ", ScenarioCatalog.All.Select(entry => entry.Name)) + ".",
        };
        var output = new Option<string>(
            "--out")
        { Description = "An empty or new folder.", HelpName = "DIR", Required = true };
        var threads = new Option<int>("--threads")
        {
            Description = "Changes the speed and nothing else.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var json = new Option<bool>("--json") { Description = "Say what was written as one JSON object." };
        var world = new WorldOptions();
        var command = new Command("simulate",
            "Write the logs of a shop with a known crime in them, and the truth about it.")
        {
            scenario, output, threads, json,
        };
        world.AddTo(command);
        command.SetAction(parsed => new SimulateVerb(host).Run(
            world.Read(parsed, parsed.GetValue(scenario)!), parsed.GetValue(output)!,
            Math.Clamp(parsed.GetValue(threads), 1, 1024), parsed.GetValue(json)));
        return command;
    }
}

/// <summary>The options that shape a simulated world; <c>simulate</c> and <c>score</c> have the same.</summary>
internal sealed class WorldOptions
{
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Everything follows from it and the other options.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<long> _accounts = Number("--accounts", "Members of the shop.", 20_000L);
    private readonly Option<int> _days = Number("--days", "Days of gateway logs.", 10);
    private readonly Option<long> _lines =
        Number("--lines-per-day", "Lines of the gateway a day, about; 0: three for four accounts.", 0L);
    private readonly Option<int> _nodes = Number("--nodes", "Machines of the gateway.", 2);
    private readonly Option<int> _rotate =
        Number("--rotate", "Kilobytes of text at which a log is rotated; 0: at midnight only.", 0);
    private readonly Option<long> _canaries = Number("--canaries", "Decoy accounts; one in 200 otherwise.", -1L);
    private readonly Option<int> _crimeDays =
        Number("--crime-days", "How long the crime lasts; from the fifth tenth of the logs to their end otherwise.", 0);
    private readonly Option<int> _rate = Number("--rate", "The crime's pace, in per cent of the scenario's own.", 100);
    private readonly Option<int> _addresses = Number("--addresses", "Addresses of the thief of forged-passes.", 0);
    private readonly Option<string?> _start =
        new("--start") { Description = "First day, as 2025-04-11.", HelpName = "DAY" };
    private readonly Option<string?> _order =
        new("--order") { Description = "How forged-passes goes through the ids.", HelpName = "ORDER" };
    private readonly Option<string?> _disguise = new("--disguise")
    {
        Description =
            "How the thief of forged-passes hides: agents, pages, logins, shared, listed, or several of these.",
        HelpName = "A,B",
    };
    private readonly Option<bool> _mild = new("--mild") { Description = "A crime that is hard to see." };
    private readonly Option<bool> _severe = new("--severe") { Description = "A crime that is easy to see." };
    private readonly Option<bool> _noIssuer = new("--no-issuer") { Description = "Without the issuer's log." };
    private readonly Option<int> _issuerLoss =
        Number("--issuer-loss", "Of 10,000 records of the issuer's log so many are lost.", 0);
    private readonly Option<bool> _noLoss = new("--no-loss") { Description = "No node dies." };

    public void AddTo(Command command)
    {
        _order.AcceptOnlyFromAmong("shuffled", "ascending", "sampled");
        foreach (var option in (Option[])[
            _seed, _accounts, _days, _lines, _nodes, _rotate, _canaries, _start, _mild, _severe, _crimeDays, _rate,
            _addresses, _disguise, _order, _noIssuer, _issuerLoss, _noLoss])
            command.Add(option);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(_mild) && parsed.GetValue(_severe))
                parsed.AddError("A crime is either --mild or --severe.");
            if (parsed.GetValue(_disguise) is { } worn && !Enum.TryParse<Disguise>(worn, ignoreCase: true, out _))
                parsed.AddError($"--disguise takes agents, pages, logins, shared and listed, not '{worn}'.");
            if (parsed.GetValue(_start) is { } text && !TryDay(text, out _))
                parsed.AddError($"--start takes a day such as 2025-04-11, not '{text}'.");
        });
    }

    public ScenarioOptions Read(ParseResult parsed, string scenario) => new()
    {
        Scenario = scenario,
        Seed = parsed.GetValue(_seed),
        Accounts = parsed.GetValue(_accounts),
        Days = parsed.GetValue(_days),
        LinesPerDay = parsed.GetValue(_lines),
        Nodes = parsed.GetValue(_nodes),
        RotateKilobytes = parsed.GetValue(_rotate),
        Canaries = parsed.GetValue(_canaries),
        CrimeDays = parsed.GetValue(_crimeDays),
        Rate = parsed.GetValue(_rate),
        Addresses = parsed.GetValue(_addresses),
        Start = parsed.GetValue(_start) is { } text && TryDay(text, out var day) ? day : new DateOnly(2025, 4, 11),
        Disguise = Enum.Parse<Disguise>(parsed.GetValue(_disguise) ?? "none", ignoreCase: true),
        Order = Enum.Parse<WalkOrder>(parsed.GetValue(_order) ?? "shuffled", ignoreCase: true),
        Weight = parsed.GetValue(_mild) ? Weight.Mild : parsed.GetValue(_severe) ? Weight.Severe : Weight.Usual,
        WithIssuer = !parsed.GetValue(_noIssuer),
        IssuerLoss = parsed.GetValue(_issuerLoss),
        NodeDies = !parsed.GetValue(_noLoss),
    };

    private static Option<T> Number<T>(string name, string about, T usual) =>
        new(name) { Description = about, HelpName = "N", DefaultValueFactory = _ => usual };

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
