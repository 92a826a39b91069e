using System.Globalization;
using System.Text.Json;
using WhoSaw.Bench.Measuring;
using WhoSaw.Ledger;

namespace WhoSaw.Bench.Scopes;

/// <summary>
/// <c>whosaw scope</c> of a large theft beside DuckDB's GROUP BY over the same files, each a process of its own; a row
/// for each size. Both must give the same numbers.
/// </summary>
public static class ScopeVerb
{
    public static int Run(Arguments arguments)
    {
        var folder = arguments.Text("folder", Path.GetTempPath());
        var whosaw = Repository.WhoSaw(arguments);
        var repeats = (int)arguments.Number("repeats", 1);
        Console.WriteLine(Machine.Describe());
        Console.WriteLine();
        Console.WriteLine(
            "| records | accounts | views | ledger MB | ours s | CPU s | peak MB | DuckDB s | CPU s | peak MB | time | CPU |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var text in arguments.Text("millions", "20").Split(','))
        {
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var millions) || millions <= 0)
                throw new UsageException("--millions takes numbers joined by commas");
            var place = Path.Combine(folder, $"whosaw-scope-{text}m");
            try
            {
                Console.WriteLine(Row(whosaw, place, (long)(millions * 1_000_000), repeats, arguments));
            }
            finally
            {
                if (!arguments.Has("keep"))
                    Directory.Delete(place, recursive: true);
            }
        }
        return 0;
    }

    private static string Row(string whosaw, string place, long records, int repeats, Arguments arguments)
    {
        Directory.CreateDirectory(place);
        var (ledger, key) = (Path.Combine(place, "ledger"), Path.Combine(place, "signing.key"));
        if (!Directory.Exists(ledger))
            TheftLedger.Make(ledger, records, SigningKeyFile.LoadOrCreate(key));
        Environment.SetEnvironmentVariable("WHOSAW_SIGNING_KEY", key);
        var bytes = Directory.EnumerateFiles(Path.Combine(ledger, "segments"), "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        List<string> scope =
            ["scope", "--ledger", ledger, "--where", $"key = '{TheftLedger.StolenKey}'", "--json", "-"];
        List<string> peer = ["duckdb-scope", ledger];
        if (arguments.Text("memory", "") is { Length: > 0 } memory)
            peer.AddRange(["--memory", memory]);
        var ours = Measurement.Take("scope", records, bytes, repeats, () => ChildRun.Measure(whosaw, scope), Fault);
        var theirs = Measurement.Take(
            "DuckDB", records, bytes, repeats, () => ChildRun.Measure(Repository.Self, peer), Fault);
        var (accounts, views) = Numbers(ours.Cost.Output);
        if (!theirs.Cost.Output.Contains($"accounts={accounts} ", StringComparison.Ordinal) ||
            !theirs.Cost.Output.Contains($" views={views}", StringComparison.Ordinal))
            throw new MeasurementException($"{accounts} accounts and {views} views, but DuckDB: {theirs.Cost.Output}");
        var (our, their) = (ours.Cost, theirs.Cost);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {records:#,0} | {accounts:#,0} | {views:#,0} | {bytes / 1e6:#,0} {Figures(our)} {Figures(their)} ")
            + string.Create(CultureInfo.InvariantCulture,
            $"| {their.WallSeconds / our.WallSeconds:0.0} × | {their.CpuSeconds / our.CpuSeconds:0.0} × |");
    }

    private static string Figures(RunCost cost) => string.Create(CultureInfo.InvariantCulture,
        $"| {cost.WallSeconds:0.00} | {cost.CpuSeconds:0.00} | {cost.PeakBytes / 1e6:#,0}");

    private static (long Accounts, long Views) Numbers(string json)
    {
        using var document = JsonDocument.Parse(json);
        return (document.RootElement.GetProperty("accounts").GetInt64(),
            document.RootElement.GetProperty("views").GetInt64());
    }

    private static string? Fault(RunCost cost) =>
        cost.ExitCode == 0 ? null : $"exit status {cost.ExitCode}\n{cost.Output}";
}
