using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WhoSaw.Scenarios;

namespace WhoSaw.Cli.Verbs;

/// <summary><c>whosaw simulate</c>: a world with a known crime in it.</summary>
internal sealed class SimulateVerb(Host host)
{
    public int Run(ScenarioOptions options, string folder, int threads, bool json)
    {
        if (options.Faults() is { Count: > 0 } faults)
            return host.Fail(ExitStatus.Usage, faults);
        if (File.Exists(folder))
            return host.Fail(ExitStatus.Usage, $"{folder} is a file; --out takes a folder");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return host.Fail(ExitStatus.Usage,
                $"{folder} is not empty: logs that are there already would mix with the new ones");
        var began = host.Clock.GetTimestamp();
        var totals = WriteTo(folder, options, threads, Report);
        var seconds = host.Clock.GetElapsedTime(began).TotalSeconds;
        if (!Console.IsErrorRedirected)
            host.Error.Write("\r\u001b[K");
        if (json)
            WriteJson(totals, seconds);
        else
            Tell(options, folder, totals, seconds);
        return ExitStatus.Nothing;
    }

    /// <summary>Writes a scenario's files below a folder.</summary>
    public static SimulationTotals WriteTo(
        string folder, ScenarioOptions options, int threads, Action<int, int>? progress = null)
    {
        var simulation = new Simulation(options, path =>
        {
            var file = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        })
        { Progress = progress };
        return simulation.Write(threads);
    }

    private void Report(int done, int of)
    {
        if (!Console.IsErrorRedirected)
            lock (host)
                host.Error.Write($"\r{done} of {of} files");
    }

    private void Tell(ScenarioOptions options, string folder, SimulationTotals totals, double seconds)
    {
        var culture = CultureInfo.InvariantCulture;
        var processors = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        var lines = totals.GatewayLines + totals.IssuerLines + totals.OtherLines;
        host.Out.WriteLine(string.Create(culture,
            $"{options.Scenario}: {totals.GatewayLines:N0} lines of gateway, {totals.IssuerLines:N0} of issuer, ")
            + string.Create(culture, $"{totals.OtherLines:N0} of others in {folder}"));
        if (totals.AccountsExposed > 0)
            host.Out.WriteLine(string.Create(culture,
                $"{totals.AccountsExposed:N0} accounts exposed; {totals.CrimeRequests:N0} requests added to a world"));
        host.Out.WriteLine(string.Create(culture,
            $"{seconds:N1} s, {lines / Math.Max(seconds, 0.001):N0} lines/s; {processors:N1} s of processors"));
        host.Out.WriteLine($"next  whosaw score {folder}");
    }

    private void WriteJson(SimulationTotals totals, double seconds)
    {
        using var output = host.OpenOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("gatewayLines", totals.GatewayLines);
            json.WriteNumber("issuerLines", totals.IssuerLines);
            json.WriteNumber("otherLines", totals.OtherLines);
            json.WriteNumber("crimeRequests", totals.CrimeRequests);
            json.WriteNumber("accountsExposed", totals.AccountsExposed);
            json.WriteNumber("seconds", Math.Round(seconds, 3));
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
