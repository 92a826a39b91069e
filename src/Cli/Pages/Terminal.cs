using Spectre.Console;

namespace WhoSaw.Cli.Pages;

/// <summary>The terminal as Spectre sees it; redirected, or with NO_COLOR, it is plain text of the same words.</summary>
internal static class Terminal
{
    public static IAnsiConsole Of(Host host) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(host.Out),
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });
}
