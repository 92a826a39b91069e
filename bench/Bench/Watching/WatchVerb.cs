using System.Diagnostics;
using System.Globalization;
using WhoSaw.Bench.Measuring;
using WhoSaw.Ledger;

namespace WhoSaw.Bench.Watching;

/// <summary>
/// A watch over logs that grow and rotate, killed as often as asked; then a scan of the same bytes, and whether both
/// say the same. And how long a finding takes from its line to the webhook.
/// </summary>
public static class WatchVerb
{
    private const int Port = 19_187;
    private static readonly string[] s_scopes = ["operation = 'profile'", "unissued"];

    public static int Run(Arguments arguments)
    {
        var seconds = arguments.Number("seconds", 60);
        var (rate, kills) = ((int)arguments.Number("rate", 50_000), (int)arguments.Number("kills", 20));
        var program = Repository.WhoSaw(arguments);
        var folder = Directory.CreateTempSubdirectory("whosaw-bench-").FullName;
        try
        {
            PacedShop.WriteConfiguration(
                folder, $"outputs: [{{kind: webhook, url: 'http://127.0.0.1:{Port}/hook'}}]");
            var key = Path.Combine(folder, "fingerprint.key");
            File.WriteAllBytes(key, "0123456789abcdef"u8.ToArray());
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var shop = new PacedShop(folder, rate, arguments.Number("rotate", 10), arguments.Has("copies"));
            using var receiver = new NewsReceiver(Port);
            var random = new Random(11);
            var moments = new Queue<double>(
                Enumerable.Range(0, kills).Select(_ => seconds * (0.02 + 0.93 * random.NextDouble())).Order());
            var watch = Start(program, folder, arguments.Number("save-every", 5));
            shop.Run(seconds, passed =>
            {
                if (!moments.TryPeek(out var moment) || passed < moment)
                    return;
                moments.Dequeue();
                watch.Kill();
                watch.WaitForExit();
                watch = Start(program, folder, arguments.Number("save-every", 5));
            });
            var ended = Stopwatch.GetTimestamp();
            WaitForAll(folder, shop.Lines);
            var behind = Stopwatch.GetElapsedTime(ended).TotalSeconds;
            var peak = PeakOf(watch.Id);
            Process.Start("kill", ["-TERM", watch.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            watch.WaitForExit();
            Say($"| lines, at {rate:#,0} a second | {shop.Lines:#,0} |");
            Say($"| kills | {kills} |");
            Say($"| caught up after the last line, committed | {behind:0.0} s |");
            Say($"| peak memory of the last watch | {peak} |");
            SayLatency(shop, receiver);
            return Compare(program, folder, key) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string program, string folder, long saveEvery) => Process.Start(new ProcessStartInfo(
        "/bin/sh",
        [
            "-c", "exec \"$@\" >>\"$0\" 2>&1", Path.Combine(folder, "said"), program, "watch", "--config",
            Path.Combine(folder, "whosaw.yaml"), "--ledger", Path.Combine(folder, "ledger"), "--fingerprint-key",
            Path.Combine(folder, "fingerprint.key"), "--commit-every", "2", "--save-every",
            saveEvery.ToString(CultureInfo.InvariantCulture),
        ]))!;

    private static void WaitForAll(string folder, long lines)
    {
        for (var tries = 0; tries < 3000; tries++, Thread.Sleep(200))
            if (Directory.Exists(Path.Combine(folder, "ledger"))
                && LedgerContents.Read(Path.Combine(folder, "ledger")).Sources
                    .Where(source => source.Source == "web").Sum(source => source.Lines) >= lines)
                return;
        var said = File.ReadAllText(Path.Combine(folder, "said"));
        throw new MeasurementException("the watch did not take every line: " + said);
    }

    private static string PeakOf(int process)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status");
        return File.Exists(status)
            ? File.ReadLines(status).First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))[6..].Trim()
            : "not known here";
    }

    private static void SayLatency(PacedShop shop, NewsReceiver receiver)
    {
        var milliseconds = shop.Written.Where(probe => receiver.Came.ContainsKey(probe.Key))
            .Select(probe => Stopwatch.GetElapsedTime(probe.Value, receiver.Came[probe.Key]).TotalMilliseconds)
            .Order().ToList();
        Say($"| findings written, told, told twice "
            + $"| {shop.Written.Count}, {milliseconds.Count}, {receiver.Repeated} |");
        if (milliseconds.Count > 0)
            Say($"| line to webhook: median, 99th percentile, longest | {milliseconds[milliseconds.Count / 2]:#,0} ms, "
                + $"{milliseconds[(int)(milliseconds.Count * 0.99)]:#,0} ms, {milliseconds[^1]:#,0} ms |");
    }

    private static bool Compare(string program, string folder, string key)
    {
        var (watched, scanned) = (Path.Combine(folder, "ledger"), Path.Combine(folder, "scanned"));
        var scan = ChildRun.Measure(
            program, "scan", "--config", Path.Combine(folder, "whosaw.yaml"), "--ledger", scanned,
            "--fingerprint-key", key);
        if (scan.ExitCode > 1)
            throw new MeasurementException("the scan failed: " + scan.Output);
        var (one, other) = (LedgerContents.Read(watched), LedgerContents.Read(scanned));
        var sound = LedgerVerification.Run(watched, new VerificationOptions()).IsSound;
        var records = one.Segments.Sum(s => s.Rows) == other.Segments.Sum(s => s.Rows);
        var totals = Totals(one).SequenceEqual(Totals(other));
        var findings = Findings(one).SequenceEqual(Findings(other));
        var scopes = s_scopes.All(where => Scope(program, watched, where) == Scope(program, scanned, where));
        Say($"| records | {one.Segments.Sum(s => s.Rows):#,0} in {one.Segments.Count:#,0} segments; "
            + $"scan {other.Segments.Sum(s => s.Rows):#,0} in {other.Segments.Count:#,0} |");
        Say($"| the same records, totals, scopes, findings ({one.Findings.Count}) "
            + $"| {records}, {totals}, {scopes}, {findings} |");
        Say($"| ledger sound | {sound} |");
        foreach (var finding in Findings(one).Except(Findings(other)).Take(5))
            Say("only the watch: " + finding);
        foreach (var finding in Findings(other).Except(Findings(one)).Take(5))
            Say("only the scan: " + finding);
        return sound && records && totals && findings && scopes;
    }

    private static List<string> Totals(LedgerContents ledger) =>
        [.. Coverage.Read(ledger).GroupBy(row => (row.Source, row.Stream, row.Minute, row.Operation, row.Outcome))
            .Select(group => $"{group.Key} {group.Sum(row => row.Lines)}").Order()];

    private static List<string> Findings(LedgerContents ledger) =>
        [.. ledger.Findings.Select(finding => string.Join(" | ", finding.Detector, finding.Kind, finding.Severity,
            finding.Where, finding.First, finding.Last, finding.Raised, finding.Title, finding.Why,
            string.Join(", ", finding.Evidence))).Order()];

    private static string Scope(string program, string ledger, string where)
    {
        var path = ledger + ".csv";
        var scope = ChildRun.Measure(program, "scope", "--ledger", ledger, "--where", where, "--out", path);
        return scope.ExitCode <= 1 ? File.ReadAllText(path) : throw new MeasurementException(scope.Output);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
