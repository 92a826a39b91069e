using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>What a run of the program said.</summary>
internal sealed record Said(int Status, string Out, string Error);

/// <summary>Runs the built program as its users do: a process of its own.</summary>
internal static class Whosaw
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // A reference from project to project puts the program beside the tests.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "whosaw.exe" : "whosaw");

    public static Said Run(params IEnumerable<string> arguments) => RunIn("", arguments);

    /// <param name="folder">Where it is run; empty for here.</param>
    public static Said RunIn(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"whosaw {string.Join(' ', arguments)} did not end");
        }
        return new Said(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
