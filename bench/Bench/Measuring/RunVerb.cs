using System.Globalization;
using WhoSaw.Bench.Synthetic;

namespace WhoSaw.Bench.Measuring;

/// <summary>Makes the inputs, measures the command and its peers over them, and prints the table.</summary>
public static class RunVerb
{
    public static int Run(Arguments arguments)
    {
        var smoke = arguments.Has("smoke");
        var lines = arguments.Number("lines", smoke ? 200_000 : 2_000_000);
        var repeats = (int)arguments.Number("repeats", smoke ? 1 : 3);
        var folder = Directory.CreateTempSubdirectory("whosaw-bench-");
        try
        {
            var text = Measure(arguments, folder.FullName, lines, repeats);
            Console.Write(text);
            if (arguments.Has("write"))
                File.WriteAllText(Path.Combine(Repository.Root, "docs", "benchmarks.md"), text);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Measure(Arguments arguments, string folder, long lines, int repeats)
    {
        var plain = Path.Combine(folder, "plain", "web.log");
        var gzip = Path.Combine(folder, "gzip", "web.log.gz");
        MakeVerb.Make(new MakeOptions(plain, lines, Seed: 1, Routes: 100, Gzip: false, Members: false));
        MakeVerb.Make(new MakeOptions(gzip, lines, Seed: 1, Routes: 100, Gzip: true, Members: false));
        var bytes = new FileInfo(plain).Length;
        var ledger = Path.Combine(folder, "ledger");
        var whosaw = Repository.WhoSaw(arguments);
        Measurement Take(string name, Func<RunCost> run, Func<RunCost, string?> check) =>
            Measurement.Take(name, lines, bytes, repeats, run, check);

        var overPlain = new ScanRun(whosaw, Beside(plain), ledger);
        var overGzip = new ScanRun(whosaw, Beside(gzip), ledger);
        var scan = Take("`whosaw scan`, plain", () => overPlain.Run(), overPlain.Fault);
        var sizes = SizesVerb.Table(ledger);
        List<Measurement> rows =
        [
            scan,
            Take("`whosaw scan`, gzip", () => overGzip.Run(), overGzip.Fault),
            Take("`whosaw scan --keep all`, plain", () => overPlain.Run("--keep", "all"), overPlain.Fault),
        ];
        if (ParseVerb.IsAvailable)
            rows.Add(Take("parse only", () => ChildRun.Measure(Repository.Self, "parse", plain), Counted(lines)));
        rows.Add(Take("DuckDB `regexp_extract`",
            () => ChildRun.Measure(Repository.Self, "duckdb", plain), Counted(lines)));
        var page = Path.Combine(folder, "report.html");
        if (Repository.Installed("goaccess") is { } goaccess)
            rows.Add(Take("`goaccess`, plain",
                () => ChildRun.Measure(goaccess, plain, "--log-format=COMBINED", "--no-progress", "-o", page),
                cost => cost.ExitCode == 0 && File.Exists(page)
                    ? null
                    : $"exit status {cost.ExitCode}\n{cost.Output}"));
        return Page(lines, bytes, repeats, rows, scan, sizes);
    }

    private static string Beside(string log) => Path.Combine(Path.GetDirectoryName(log)!, "whosaw.yaml");

    private static Func<RunCost, string?> Counted(long lines)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"{lines} lines");
        return cost => cost.ExitCode == 0 && cost.Output.StartsWith(expected, StringComparison.Ordinal)
            ? null
            : $"exit status {cost.ExitCode}\n{cost.Output}";
    }

    private static string Page(
        long lines, long bytes, int repeats, IReadOnlyList<Measurement> rows, Measurement scan, string sizes)
    {
        var peers = Repository.Installed("goaccess") is null ? "\n`goaccess` was not installed.\n" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Benchmarks

            {lines:#,0} lines, {bytes / 1e6:0} MB ({bytes / (double)lines:0} bytes a line, 15 % of them show personal data,
            100 routes),
            all from the page cache; the median of {repeats} by wall time; every contender is a process of its own.
            CPU is user and system time, peak is resident memory. MB are of plain text.

            Machine: {Machine.Describe()}.

            ```
            dotnet run --project bench/Bench -c Release -- run --lines {lines} --repeats {repeats} --write
            ```

            {Measurement.Table(rows, scan)}{peers}
            What each does: `scan` parses, routes, detects and writes a ledger; `parse only` is its format alone over all
            cores; DuckDB takes lines apart with one regular expression over all cores and adds up lengths; `goaccess` counts
            visitors, pages and agents into a page, on one core. None of the peers says whose data was seen.

            ## Bytes a record

            {sizes}
            """);
    }
}
