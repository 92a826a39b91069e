using System.Globalization;
using System.Text;

namespace WhoSaw.Bench.Measuring;

/// <summary>The median run of one contender over one file.</summary>
/// <param name="Bytes">Of the plain text, also where the file is compressed.</param>
public sealed record Measurement(string Name, long Lines, long Bytes, RunCost Cost)
{
    public double LinesPerSecond => Lines / Cost.WallSeconds;

    /// <summary>Runs a command several times; the run with the median wall time counts.</summary>
    /// <exception cref="MeasurementException">A run failed, by its exit status or by its check.</exception>
    public static Measurement Take(
        string name, long lines, long bytes, int repeats, Func<RunCost> run, Func<RunCost, string?> check)
    {
        var costs = new List<RunCost>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var cost = run();
            if (check(cost) is { } fault)
                throw new MeasurementException($"{name}: {fault}");
            costs.Add(cost);
        }
        return new Measurement(name, lines, bytes, costs.OrderBy(cost => cost.WallSeconds).ElementAt(costs.Count / 2));
    }

    /// <summary>A Markdown table; the last column compares wall time with the reference row.</summary>
    public static string Table(IReadOnlyList<Measurement> rows, Measurement reference)
    {
        var table = new StringBuilder();
        table.Append("| what | wall s | CPU s | peak MB | lines/s | MB/s | time against scan |\n");
        table.Append("|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows)
        {
            var cost = row.Cost;
            table.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {cost.WallSeconds:0.00} | {cost.CpuSeconds:0.00} ");
            table.Append(CultureInfo.InvariantCulture, $"| {cost.PeakBytes / 1e6:0} | {row.LinesPerSecond:#,0} ");
            table.Append(CultureInfo.InvariantCulture, $"| {row.Bytes / cost.WallSeconds / 1e6:0} ");
            table.Append(CultureInfo.InvariantCulture, $"| {cost.WallSeconds / reference.Cost.WallSeconds:0.00} × |\n");
        }
        return table.ToString();
    }
}

/// <summary>A contender did not do its work, so there is no figure.</summary>
public sealed class MeasurementException(string message) : Exception(message);
