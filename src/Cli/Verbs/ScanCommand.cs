using System.CommandLine;
using System.Globalization;
using WhoSaw.Cli.Scanning;
using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Cli.Verbs;

internal static class ScanCommand
{
    public static Command Create(Host host)
    {
        var logs = new Argument<string[]>("LOG")
        {
            Description =
                "Logs to read without a configuration, or instead of its first access source; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        logs.RefuseOptions();
        var config = new Option<string?>("--config")
        {
            Description = "What the logs are and what shows whose data.",
            HelpName = "F",
        };
        var ledger = CommonOptions.Ledger(required: false);
        var json = new Option<string?>("--json")
        {
            Description = "Write the findings as JSON lines; - is standard output.",
            HelpName = "F",
        };
        var jsonLines = new Option<string?>("--json-lines")
        {
            Description = "Append the new findings to a file, a JSON object a line: --output json-lines:F.",
            HelpName = "F",
        };
        var outputs = new Option<string[]>("--output")
        {
            Description = "Send the new findings on: json-lines:F, ocsf:F (OCSF Detection Finding), https://HOST/PATH "
                + "(webhook, signed with the secret in WHOSAW_WEBHOOK_SECRET), syslog+udp://HOST:PORT (or tcp, tls).",
            HelpName = "TO",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write the report as one HTML page.",
            HelpName = "F.html",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Look at lines from this time on (RFC 3339, or a day in the configured zone).",
            HelpName = "TIME",
        };
        var to = new Option<string?>("--to") { Description = "Look at lines before this time.", HelpName = "TIME" };
        var keep = new Option<string?>("--keep")
        {
            Description = "all: keep every line, not only those that touch personal data.",
            HelpName = "WHAT",
        };
        keep.AcceptOnlyFromAmong("all", "personal");
        var originals = new Option<bool>("--keep-originals")
        {
            Description = "Keep the logs as they are too, compressed, so that explain shows lines whose log is gone.",
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Workers; changes the speed and nothing else.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        threads.Validators.Add(result =>
        {
            // what is no number at all is an error already, and asking for its value would throw
            var isNumber = result.Tokens.Count == 0
                || int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out _);
            if (isNumber && result.GetValueOrDefault<int>() is < 1 or > 1024)
                result.AddError("--threads takes a number from 1 to 1024.");
        });
        var key = new Option<string?>("--fingerprint-key")
        {
            Description = "The secret with which sessions and tokens are fingerprinted; made on first "
                + "use in your configuration folder.",
            HelpName = "F",
        };
        var withoutDetectors = new Option<bool>("--without-detectors")
        {
            Description = "Measure what all but the detectors take; such a run keeps no ledger.",
            Hidden = true,
        };
        var language = CommonOptions.Language();
        var command = new Command("scan", "Read logs, record who saw whose data, detect, and say what was found.")
        {
            logs, config, ledger, from, to, json, jsonLines, outputs, report, keep, originals, threads, key, language,
            withoutDetectors,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(withoutDetectors) && result.GetResult(ledger) is not null)
                result.AddError("--without-detectors keeps no ledger: what nobody looked at would read as innocent.");
        });
        command.SetAction(parsed =>
        {
            var request = new ScanRequest
            {
                Logs = parsed.GetValue(logs) ?? [],
                Config = parsed.GetValue(config),
                Ledger = parsed.GetValue(ledger),
                Json = parsed.GetValue(json),
                Outputs =
                [
                    .. parsed.GetValue(outputs) ?? [],
                    .. parsed.GetValue(jsonLines) is { } lines ? new[] { "json-lines:" + lines } : [],
                ],
                Report = parsed.GetValue(report),
                FingerprintKey = parsed.GetValue(key),
                Language = parsed.GetValue(language),
                Threads = parsed.GetValue(threads),
                KeepAll = parsed.GetValue(keep) == "all",
                KeepOriginals = parsed.GetValue(originals),
                Detects = !parsed.GetValue(withoutDetectors),
            };
            return new ScanVerb(host).Run(request, parsed.GetValue(from), parsed.GetValue(to));
        });
        return command;
    }
}
