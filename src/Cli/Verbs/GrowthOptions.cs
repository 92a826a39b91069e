using System.CommandLine;

namespace WhoSaw.Cli.Verbs;

/// <summary>The options of <c>scope --grow</c>.</summary>
internal sealed class GrowthOptions
{
    private const double UsualConfidence = 0.8;

    private readonly Option<bool> _grow = new("--grow")
    {
        Description = "From a little, such as one complaining customer, to the whole theft; --where narrows the seed.",
    };

    private readonly Option<string?> _account = Text(
        "--seed-account", "ID", "Begin with the accesses to this account's data.");

    private readonly Option<string?> _client = Text(
        "--seed-client", "ADDRESS", "Begin with what this address did.");

    private readonly Option<string?> _session = Text(
        "--seed-session", "CREDENTIAL", "Begin with what this session did: its fingerprint, 16 hexadecimal digits.");

    private readonly Option<string?> _day = Text(
        "--day", "2025-04-15", "Only this day of the seed, in the ledger's zone.");

    private readonly Option<string?> _at = Text(
        "--at", "TIME", "Only the hour before and the hour after this time.");

    private readonly Option<double?> _yes = new("--yes")
    {
        Description = "Do not ask; accept the steps of this confidence (0 to 1) and above, 0.8 when none is given.",
        HelpName = "CONFIDENCE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_grow, _account, _client, _session, _day, _at, _yes])
            command.Add(option);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(_yes) is < 0 or > 1)
                parsed.AddError("--yes takes a confidence from 0 to 1.");
            if (!parsed.GetValue(_grow))
                foreach (var option in (Option[])[_account, _client, _session, _day, _at, _yes])
                    if (parsed.GetResult(option) is not null)
                        parsed.AddError($"{option.Name} belongs to --grow.");
        });
    }

    public (GrowthSeed Seed, GrowthDialogue Dialogue)? Of(ParseResult parsed, Host host)
    {
        if (!parsed.GetValue(_grow))
            return null;
        var seed = new GrowthSeed(
            parsed.GetValue(_account), parsed.GetValue(_client), parsed.GetValue(_session), parsed.GetValue(_day),
            parsed.GetValue(_at));
        double? confidence = parsed.GetResult(_yes) is null ? null : parsed.GetValue(_yes) ?? UsualConfidence;
        var isAsked = confidence is null && !Console.IsInputRedirected && !Console.IsOutputRedirected;
        return (seed, new GrowthDialogue(host, confidence, isAsked ? new StreamReader(host.OpenInput()) : null));
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
