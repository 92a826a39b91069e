using Spectre.Console;

namespace WhoSaw.Cli.Pages;

/// <summary>Where pages are written to: with colour on a terminal that has it, plain text everywhere else.</summary>
internal static class PageConsole
{
    /// <param name="output">Standard output, or a file or pipe.</param>
    /// <param name="isTerminal">False when standard output is redirected: then there is no escape code.</param>
    /// <param name="noColor">The variable NO_COLOR: any text in it means no colour.</param>
    public static IAnsiConsole Create(TextWriter output, bool isTerminal, string? noColor) =>
        isTerminal && string.IsNullOrEmpty(noColor)
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) })
            : Plain(output);

    /// <summary>Plain text, without any escape code, whatever the environment says.</summary>
    public static IAnsiConsole Plain(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = PageWriter.FullWidth;
        return console;
    }
}
