using System.CommandLine;

namespace WhoSaw.Cli.Verbs;

internal static class ParseCommand
{
    public static Command Create(Host host)
    {
        var format = new Option<string>("--format")
        {
            Description = "A format's name, or a format string of nginx ($remote_addr …) or Apache (%h …).",
            HelpName = "NAME",
            Required = true,
        };
        var files = new Argument<string[]>("FILE")
        {
            Description = "Logs; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("parse", "Read lines and print one JSON object for each.") { format, files };
        command.SetAction(parsed => ParseVerb.Run(
            parsed.GetValue(format)!, parsed.GetValue(files) ?? [], host.OpenInput(), host.OpenOutput(), host.Error));
        return command;
    }
}
