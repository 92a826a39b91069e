using System.Reflection;
using Spectre.Console;
using WhoSaw.Cli.Pages;

namespace WhoSaw.Cli;

/// <summary>What the process gives to the verbs: where words go, what time it is.</summary>
internal sealed record Host(
    TextWriter Out, TextWriter Error, Func<Stream> OpenInput, Func<Stream> OpenOutput, TimeProvider Clock)
{
    public static string Version { get; } =
        typeof(Host).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(
            '+')[0];

    /// <summary>Standard output for pages.</summary>
    public IAnsiConsole Page() =>
        PageConsole.Create(Out, !Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Says what is wrong, one sentence a line, and gives the exit status.</summary>
    public int Fail(int status, params IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            Error.WriteLine("whosaw: " + sentence);
        return status;
    }
}

/// <summary>Exit statuses (design section 6).</summary>
internal static class ExitStatus
{
    public const int Nothing = 0;
    public const int Findings = 1;
    public const int Usage = 2;

    /// <summary>Some input could not be read; the rest was.</summary>
    public const int Incomplete = 3;
}
