namespace WhoSaw.Bench.Measuring;

/// <summary>Runs <c>whosaw scan</c> into a fresh ledger and makes sure that it did its work.</summary>
public sealed class ScanRun(string whosaw, string configuration, string ledger)
{
    public RunCost Run(params string[] more)
    {
        if (Directory.Exists(ledger))
            Directory.Delete(ledger, recursive: true);
        return ChildRun.Measure(whosaw, ["scan", "--config", configuration, "--ledger", ledger, .. more]);
    }

    /// <summary>Null when the scan ended well and left evidence.</summary>
    public string? Fault(RunCost cost)
    {
        if (cost.ExitCode is not (0 or 1))
            return $"exit status {cost.ExitCode}\n{cost.Output}";
        var segments = Path.Combine(ledger, "segments");
        var written = Directory.Exists(segments)
            && Directory.EnumerateFiles(segments, "*.parquet", SearchOption.AllDirectories).Any();
        return written ? null : "it wrote no segment";
    }
}
