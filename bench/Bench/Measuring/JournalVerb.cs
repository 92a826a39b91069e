using System.Diagnostics;
using System.Globalization;
using WhoSaw.Bench.Synthetic;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Bench.Measuring;

/// <summary>
/// What the evidence costs: durable journal entries a second, how fast a ledger is verified beside sha256sum of its
/// files in the same run, and the journal's share of a scan.
/// </summary>
public static class JournalVerb
{
    // transparency-dev/tessera, docs of its POSIX driver: entries a second on one NVMe disk
    private const int TesseraPublished = 10_567;

    public static int Run(Arguments arguments)
    {
        var (entries, batch) = ((int)arguments.Number("entries", 100_000), (int)arguments.Number("batch", 1000));
        var repeats = (int)arguments.Number("repeats", 5);
        Console.WriteLine("| what | figure |\n|---|--:|");
        Append(entries, batch, repeats);
        Append(Math.Min(entries, 200), 1, 1);
        Line($"Tessera, as published for its own machine, not measured here | {TesseraPublished:#,0} |");
        if (arguments.Text("ledger", "") is { Length: > 0 } ledger)
            Verify(ledger, repeats);
        else
            VerifyMade(arguments.Number("megabytes", 128), repeats);
        if (arguments.Number("scan", 0) is > 0 and var lines)
            Share(arguments, lines, repeats);
        return 0;
    }

    private static void Append(int entries, int batch, int repeats)
    {
        var rates = Enumerable.Range(0, repeats).Select(
            _ => entries / InFolder(folder => Commits(folder, entries, batch)));
        Line($"journal entries a second, durable, {batch:#,0} a commit (median of {repeats}) | {Median(rates):#,0} |");
    }

    private static double Commits(string folder, int entries, int batch)
    {
        using var writer = LedgerWriter.Open(Path.Combine(folder, "ledger"), new Catalog([]), Options(folder));
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < entries; done += batch)
            writer.Commit([.. Enumerable.Range(done, Math.Min(batch, entries - done)).Select(Source)], []);
        return watch.Elapsed.TotalSeconds;
    }

    private static void VerifyMade(long megabytes, int repeats) => InFolder(folder =>
    {
        var ledger = Path.Combine(folder, "ledger");
        SyntheticLedger.Make(ledger, Options(folder), megabytes << 20);
        Verify(ledger, repeats);
        return 0;
    });

    private static void Verify(string ledger, int repeats)
    {
        var files = Directory.GetFiles(ledger, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains(Path.Combine(ledger, "state"), StringComparison.Ordinal)).ToArray();
        var bytes = files.Sum(path => new FileInfo(path).Length);
        Sum(files);
        var sum = Median(Enumerable.Range(0, repeats).Select(_ => Sum(files)));
        var digests = Median(Enumerable.Range(0, repeats).Select(_ => Verified(ledger, digestsOnly: true)));
        var whole = Median(Enumerable.Range(0, repeats).Select(_ => Verified(ledger, digestsOnly: false)));
        Line($"sha256sum of the same files, {bytes / 1e6:0} MB, one core | {bytes / sum / 1e9:0.00} GB/s |");
        Line($"ledger verify --digests-only, {Environment.ProcessorCount} cores | {bytes / digests / 1e9:0.00} GB/s |");
        Line($"its time against sha256sum | {digests / sum:0.00} × |");
        Line($"ledger verify, with the totals against every record | {bytes / whole / 1e9:0.00} GB/s |");
        Line($"its time against sha256sum | {whole / sum:0.00} × |");
    }

    /// <summary>
    /// A scan, and beside it a commit of as many entries as the scan made: all that the journal adds to it.
    /// </summary>
    private static void Share(Arguments arguments, long lines, int repeats) => InFolder(folder =>
    {
        var log = Path.Combine(folder, "plain", "web.log");
        MakeVerb.Make(new MakeOptions(log, lines, Seed: 1, Routes: 100, Gzip: false, Members: false));
        var ledger = Path.Combine(folder, "scanned");
        var scan = new ScanRun(
            Repository.WhoSaw(arguments), Path.Combine(Path.GetDirectoryName(log)!, "whosaw.yaml"), ledger);
        var walls = new List<double>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var cost = scan.Run();
            if (scan.Fault(cost) is { } fault)
                throw new MeasurementException(fault);
            walls.Add(cost.WallSeconds);
        }
        var entries = LedgerJournal.Read(ledger).Count;
        var journal = Median(Enumerable.Range(0, repeats).Select(
            _ => InFolder(fresh => Commits(fresh, entries, entries))));
        Line($"scan of {lines:#,0} lines, median of {repeats} | {Median(walls):0.000} s |");
        Line($"a commit of its {entries:#,0} entries alone, median of {repeats} | {journal:0.000} s |");
        Line($"the journal's share of the scan | {journal / Median(walls):0.0 %} |");
        return 0;
    });

    private static double Verified(string ledger, bool digestsOnly)
    {
        var watch = Stopwatch.StartNew();
        var report = LedgerVerification.Run(ledger, new VerificationOptions { DigestsOnly = digestsOnly });
        return report.IsSound
            ? watch.Elapsed.TotalSeconds
            : throw new MeasurementException($"{ledger} is not sound: {report.Faults[0]}");
    }

    private static double Sum(string[] files)
    {
        var watch = Stopwatch.StartNew();
        foreach (var chunk in files.Chunk(500))
        {
            using var process = Process.Start(new ProcessStartInfo("sha256sum", chunk) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
        return watch.Elapsed.TotalSeconds;
    }

    private static double InFolder(Func<string, double> measure)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-bench-").FullName;
        try
        {
            return measure(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static LedgerOptions Options(string folder) =>
        new() { Signer = SigningKeyFile.LoadOrCreate(Path.Combine(folder, "a.key")) };

    private static void Line(FormattableString line) =>
        Console.WriteLine("| " + line.ToString(CultureInfo.InvariantCulture));

    private static SourceEntry Source(int number) => new(
        "gateway", "gw1", string.Create(CultureInfo.InvariantCulture, $"logs/gw1-{number}.log"), 1000 + number,
        number.ToString("x64", CultureInfo.InvariantCulture), 10, 8, 1, 1, default(EventTime), default(EventTime), false);
}
