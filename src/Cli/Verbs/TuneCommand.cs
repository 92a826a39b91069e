using System.CommandLine;
using WhoSaw.Cli.Tuning;

namespace WhoSaw.Cli.Verbs;

internal static class TuneCommand
{
    public static Command Create(Host host)
    {
        var ledger = CommonOptions.Ledger(required: true);
        var config = new Option<string?>("--config")
        {
            Description = "The configuration with which the ledger was made; without it the logs speak for themselves, "
                + "as in a scan without one.",
            HelpName = "F",
        };
        var detectors = new Option<string[]>("--detector")
        {
            Description = "Only the settings of this detector, as often as needed: "
                + $"{string.Join(", ", Dial.All.Select(dial => dial.Detector))}. All otherwise; each takes as long as "
                + "five scans.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the numbers as JSON; - is standard output.",
            HelpName = "F",
        };
        var picture = new Option<string?>("--picture")
        {
            Description = "Draw findings a day against time to detection.",
            HelpName = "F.svg",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Replay lines from this time on (RFC 3339, or a day in the zone of the ledger).",
            HelpName = "TIME",
        };
        var to = new Option<string?>("--to") { Description = "Replay lines before this time.", HelpName = "TIME" };
        var key = new Option<string?>("--fingerprint-key")
        {
            Description = "The secret with which the ledger was made, where it is not in your configuration folder.",
            HelpName = "F",
        };
        var command = new Command(
            "tune", "Replay a ledger's past and show what other settings of the detectors would have raised, and when. "
                + "Changes nothing.")
        {
            ledger, config, detectors, json, picture, from, to, key,
        };
        command.SetAction(parsed => new TuneVerb(host).Run(new TuneRequest
        {
            Ledger = parsed.GetValue(ledger)!,
            Config = parsed.GetValue(config),
            Detectors = parsed.GetValue(detectors) ?? [],
            Json = parsed.GetValue(json),
            Picture = parsed.GetValue(picture),
            From = parsed.GetValue(from),
            To = parsed.GetValue(to),
            FingerprintKey = parsed.GetValue(key),
        }));
        return command;
    }
}

/// <summary>What <c>whosaw tune</c> was asked.</summary>
internal sealed record TuneRequest
{
    public required string Ledger { get; init; }
    public string? Config { get; init; }
    public IReadOnlyList<string> Detectors { get; init; } = [];
    public string? Json { get; init; }
    public string? Picture { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? FingerprintKey { get; init; }
}
