using System.CommandLine;
using WhoSaw.Cli.Scanning;
using WhoSaw.Intake.Routes;

namespace WhoSaw.Cli.Verbs;

internal static class InitCommand
{
    public static Command Create(Host host)
    {
        var logs = new Argument<string[]>("LOG") { Description = "Logs to look at.", Arity = ArgumentArity.OneOrMore };
        logs.RefuseOptions();
        var output = new Option<string?>("--out")
        {
            Description = "Where to write the draft; standard output otherwise. A file that exists is left alone.",
            HelpName = "F",
        };
        var command = new Command("init", "Write a commented draft of whosaw.yaml from logs.") { logs, output };
        command.SetAction(parsed => Run(host, parsed.GetValue(logs)!, parsed.GetValue(output)));
        return command;
    }

    private static int Run(Host host, IReadOnlyList<string> logs, string? output)
    {
        var inference = new RouteInference();
        var sources = new List<DraftSource>();
        var faults = new List<string>();
        foreach (var log in logs)
        {
            if (LogSample.Read(log, out var fault) is not { } sample)
            {
                faults.Add(fault);
                continue;
            }
            if (sample.IsCutOff)
                faults.Add($"{log}: the compressed file is cut off or damaged; the draft is of what could be read");
            sample.Feed(inference);
            var name = IdOf(log);
            sources.Add(new DraftSource(
                sources.Exists(s => s.Id == name) ? $"{name}-{sources.Count + 1}" : name, [PathFrom(output, log)],
                sample.Options.Format,
                sample.Options.Fields ?? new Dictionary<string, string>()));
        }
        if (sources.Count == 0)
            return host.Fail(ExitStatus.Usage, faults);
        host.Fail(0, faults);
        if (output is not null && File.Exists(output))
            return host.Fail(ExitStatus.Usage, $"{output} exists and was left alone");
        using var file = output is null ? null : new StreamWriter(output);
        ConfigurationDraft.Write(file ?? host.Out, sources, inference.Infer());
        return faults.Count == 0 ? ExitStatus.Nothing : ExitStatus.Incomplete;
    }

    private static string IdOf(string log)
    {
        var name = Path.GetFileNameWithoutExtension(log);
        return string.Concat(name.Take(60).Select(
            letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
    }

    /// <summary>Paths in a configuration start from its folder.</summary>
    private static string PathFrom(string? output, string log) =>
        output is null || Path.IsPathRooted(log) ? log
            : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(output))!, Path.GetFullPath(log));
}
