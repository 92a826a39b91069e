using System.CommandLine;
using System.Globalization;
using WhoSaw.Cli.Scanning;
using WhoSaw.Cli.Watching;

namespace WhoSaw.Cli.Verbs;

internal static class WatchCommand
{
    public static Command Create(Host host)
    {
        var logs = new Argument<string[]>("LOG")
        {
            Description = "Logs to follow without a configuration, or instead of its first access source.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        logs.RefuseOptions();
        var config = Text("--config", "F", "What the logs are and what shows whose data.");
        var ledger = CommonOptions.Ledger(required: true);
        var json = Text("--json", "F", "Append news of findings as JSON lines; - is standard output, which then has "
            + "nothing else.");
        var from = Text("--from", "TIME", "Look at lines from this time on (RFC 3339, or a day in the "
            + "configured zone).");
        var to = Text("--to", "TIME", "Look at lines before this time.");
        var keep = Text("--keep", "WHAT", "all: keep every line, not only those that touch personal data.");
        keep.AcceptOnlyFromAmong("all", "personal");
        var threads = new Option<int>("--threads")
        {
            Description = "Files that are read beside each other; changes the speed and nothing else.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Within(threads, 1, 1024);
        var key = Text("--fingerprint-key", "F", "The secret with which sessions and tokens are fingerprinted; made on "
            + "first use in your configuration folder.");
        var language = CommonOptions.Language();
        var patience = Number("--patience", "MS", 250, "How long a line waits for streams that are behind it in time, "
            + "in milliseconds. More, where an issuer's records come late by rule; findings come later by as much.");
        Within(patience, 0, 3_600_000);
        var commit = Number("--commit-every", "SECONDS", 60, "How often what was read becomes evidence; a finding does "
            + "at once. What came since is read again after a crash.");
        Within(commit, 1, 3600);
        var save = Number("--save-every", "SECONDS", 300, "How often the state of detection is saved; what came since "
            + "is looked at again after a crash, and not recorded again.");
        Within(save, 1, 86_400);
        var metrics = Number("--metrics", "PORT", 0, "Serve /metrics (Prometheus) and /health on this port of "
            + "loopback; 0: nowhere.");
        Within(metrics, 0, 65_535);
        var command = new Command("watch", "Follow growing logs: record, detect and tell at once. Goes on after a "
            + "crash or a restart without losing or repeating a record; Ctrl-C or SIGTERM ends it cleanly.")
        {
            logs, config, ledger, from, to, json, keep, threads, key, language, patience, commit, save, metrics,
        };
        command.SetAction(parsed => new WatchVerb(host).Run(
            new WatchRequest
            {
                Scan = new ScanRequest
                {
                    Logs = parsed.GetValue(logs) ?? [],
                    Config = parsed.GetValue(config),
                    Ledger = parsed.GetValue(ledger),
                    Json = parsed.GetValue(json),
                    FingerprintKey = parsed.GetValue(key),
                    Language = parsed.GetValue(language),
                    Threads = parsed.GetValue(threads),
                    KeepAll = parsed.GetValue(keep) == "all",
                },
                Patience = TimeSpan.FromMilliseconds(parsed.GetValue(patience)),
                CommitEvery = TimeSpan.FromSeconds(parsed.GetValue(commit)),
                SaveEvery = TimeSpan.FromSeconds(parsed.GetValue(save)),
                MetricsPort = parsed.GetValue(metrics) is > 0 and var port ? port : null,
            },
            parsed.GetValue(from), parsed.GetValue(to)));
        return command;
    }

    private static Option<string?> Text(string name, string help, string what) =>
        new(name) { Description = what, HelpName = help };

    private static Option<int> Number(string name, string help, int otherwise, string what) => new(name)
    {
        Description = what,
        HelpName = help,
        DefaultValueFactory = _ => otherwise,
    };

    private static void Within(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // what is no number at all is an error already, and asking for its value would throw
        var isNumber = result.Tokens.Count == 0
            || int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out _);
        if (isNumber && (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most))
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{option.Name} takes a number from {least} to {most}."));
    });
}
