using System.CommandLine;

namespace WhoSaw.Cli;

/// <summary>What is wrong with the words of a command line, as sentences.</summary>
internal static class UsageFaults
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var commands = command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name).ToList();
        if (parsed.UnmatchedTokens is not [var unknown, ..])
            return commands.Count > 0 && command.Action is null
                ? [$"Say which: {string.Join(", ", commands)}."]
                : parsed.Errors.Select(error => error.Message);
        if (unknown.StartsWith('-'))
            return [$"There is no option {unknown}."];
        return command.Action is null
            ? [$"There is no command {unknown}; there are {string.Join(", ", commands)}."]
            : [$"{unknown} is one word too many for {command.Name}."];
    }
}
