using System.Diagnostics;
using System.Globalization;
using WhoSaw.Ledger;
using WhoSaw.Records;

namespace WhoSaw.Bench.Measuring;

/// <summary>Durable journal entries a second, and how fast a ledger is verified beside sha256sum of its files.</summary>
public static class JournalVerb
{
    public static int Run(Arguments arguments)
    {
        var (entries, batch) = ((int)arguments.Number("entries", 100_000), (int)arguments.Number("batch", 1000));
        Console.WriteLine("| what | figure |\n|---|--:|");
        Append(entries, batch);
        Append(Math.Min(entries, 200), 1);
        if (arguments.Text("ledger", "") is { Length: > 0 } ledger)
            Verify(ledger);
        return 0;
    }

    private static void Append(int entries, int batch)
    {
        var folder = Directory.CreateTempSubdirectory("whosaw-bench-").FullName;
        try
        {
            var options = new LedgerOptions { Signer = SigningKeyFile.LoadOrCreate(Path.Combine(folder, "a.key")) };
            using var writer = LedgerWriter.Open(Path.Combine(folder, "ledger"), new Catalog([]), options);
            var watch = Stopwatch.StartNew();
            for (var done = 0; done < entries; done += batch)
                writer.Commit([.. Enumerable.Range(done, Math.Min(batch, entries - done)).Select(Source)], []);
            var rate = entries / watch.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| journal entries a second, durable, {batch:#,0} a commit | {rate:#,0} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Verify(string ledger)
    {
        var files = Directory.GetFiles(ledger, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains(Path.Combine(ledger, "state"), StringComparison.Ordinal)).ToArray();
        var bytes = files.Sum(path => new FileInfo(path).Length);
        Sum(files);
        var sum = Sum(files);
        var report = LedgerVerification.Run(ledger, new VerificationOptions());
        if (!report.IsSound)
            throw new MeasurementException($"{ledger} is not sound: {report.Faults[0]}");
        var watch = Stopwatch.StartNew();
        LedgerVerification.Run(ledger, new VerificationOptions());
        var verify = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | ledger verify | {bytes / verify / 1e9:0.00} GB/s |
            | sha256sum of the same files, one core | {bytes / sum / 1e9:0.00} GB/s |
            | time against sha256sum | {verify / sum:0.00} × |
            """));
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

    private static SourceEntry Source(int number) => new(
        "gateway", "gw1", string.Create(CultureInfo.InvariantCulture, $"logs/gw1-{number}.log"), 1000 + number,
        number.ToString("x64", CultureInfo.InvariantCulture), 10, 8, 1, 1, default(EventTime), default(EventTime), false);
}
