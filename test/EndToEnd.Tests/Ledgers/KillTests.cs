using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Ledgers;

/// <summary>The program killed at random moments; 20 of them, or as many as WHOSAW_KILLS says.</summary>
public sealed class KillTests
{
    private const int Files = 4, LinesAFile = 3000;
    private const string Configuration = """
        version: 1
        sources: [{id: web, kind: access, path: '{stream}.log', format: combined}]
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

        """;

    [Fact]
    public void A_scan_that_is_killed_at_any_moment_loses_nothing_and_repeats_nothing()
    {
        using var whole = New();
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, whole.Scan(whole.Folder.At("whosaw.yaml")).Status);
        var duration = watch.Elapsed;
        var expected = Rows(whole);
        Assert.Equal(Files * LinesAFile, expected.Sum(segment => segment.Rows));
        var kills = int.Parse(Environment.GetEnvironmentVariable("WHOSAW_KILLS") ?? "20", CultureInfo.InvariantCulture);
        var random = new Random(4);
        for (var kill = 0; kill < kills; kill++)
        {
            using var killed = New();
            Kill(killed, duration * random.NextDouble());
            Assert.Equal(0, killed.Scan(killed.Folder.At("whosaw.yaml")).Status);
            Assert.Equal(expected.Select(Same), Rows(killed).Select(Same));
            Assert.Equal(Files, killed.Contents.Sources.Count);
            // what later runs need to know is there too; it names the files, which lie elsewhere each time
            Assert.NotNull(killed.Contents.DetectionState);
            Assert.Single(Directory.GetFiles(Path.Combine(killed.Ledger, "state"), "detection-*"));
            var report = LedgerVerification.Run(killed.Ledger, new VerificationOptions());
            Assert.Empty(report.Faults);
            Assert.Empty(report.Remarks);
        }
    }

    private static (string, string) Same(SegmentEntry segment) => (segment.Name, segment.Sha256);

    private static IReadOnlyList<SegmentEntry> Rows(Evidence evidence) => evidence.Contents.Segments;

    private static void Kill(Evidence evidence, TimeSpan after)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "whosaw.exe" : "whosaw"),
            ["scan", "--config", evidence.Folder.At("whosaw.yaml"), "--ledger", evidence.Ledger,
                "--fingerprint-key", evidence.KeyPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(after))
            process.Kill();
        process.WaitForExit();
    }

    private static Evidence New()
    {
        var evidence = new Evidence();
        evidence.Folder.Write("whosaw.yaml", Configuration);
        for (var file = 0; file < Files; file++)
        {
            var text = new StringBuilder();
            for (var line = 0; line < LinesAFile; line++)
                text.Append(CultureInfo.InvariantCulture,
                    $"192.0.2.{line % 250} - - [14/Apr/2025:00:{line / 60 % 60:D2}:{line % 60:D2} +0000] ")
                    .Append(CultureInfo.InvariantCulture,
                    $"\"GET /members/{line % 700 + file} HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n");
            evidence.Folder.Write($"web-{file}.log", text.ToString());
        }
        return evidence;
    }
}
