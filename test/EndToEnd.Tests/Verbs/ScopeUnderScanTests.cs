using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>A scope that is asked for while a scan writes into the same ledger.</summary>
public sealed class ScopeUnderScanTests
{
    private const int Days = 12, LinesADay = 25_000, Members = 700;
    private const string Configuration = """
        version: 1
        sources: [{id: web, kind: access, path: '{stream}.log', format: combined}]
        routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

        """;

    private sealed record Answer(long Views, int Segments, int Commit);

    [Fact]
    public void A_scope_is_of_the_last_commit_whole_and_names_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is stopped and continued by signals");
        using var evidence = new Evidence();
        evidence.Folder.Write("whosaw.yaml", Configuration);
        Write(evidence, "web-0.log", 0, 1);
        Assert.Equal(0, evidence.Scan(evidence.Folder.At("whosaw.yaml")).Status);
        var before = evidence.Contents;
        Write(evidence, "web-1.log", 1, Days);

        using var scan = Start(evidence);
        WaitForSegment(evidence, before.Segments.Count, scan);
        Signal(scan, "-STOP");
        // half of the scan lies in the ledger's folder, and its process holds the ledger
        Assert.Equal(before.Segments.Count, evidence.Contents.Segments.Count);
        var first = Scope(evidence);
        Assert.Equal(new Answer(LinesADay, before.Segments.Count, before.Commits), first);
        Signal(scan, "-CONT");

        var answers = new List<Answer> { first };
        while (!scan.HasExited)
            answers.Add(Scope(evidence));
        Assert.Equal(0, scan.ExitCode);
        answers.Add(Scope(evidence));

        var after = evidence.Contents.Segments.Count;
        Assert.All(answers, answer => Assert.Equal(
            answer.Commit > before.Commits ? (Days * LinesADay, after) : (LinesADay, before.Segments.Count),
            (answer.Views, answer.Segments)));
        Assert.Equal(Days * LinesADay, answers[^1].Views);
        Assert.Equal(answers[^1], Scope(evidence));
        Assert.Equal(0, Whosaw.Run("ledger", "verify", "--ledger", evidence.Ledger).Status);
    }

    private static Answer Scope(Evidence evidence)
    {
        var said = Whosaw.Run("scope", "--ledger", evidence.Ledger, "--where", "true", "--json", "-");
        Assert.True(said.Status == 0, said.Error);
        var json = JsonDocument.Parse(said.Out).RootElement;
        return new Answer(json.GetProperty("views").GetInt64(), json.GetProperty("segments").GetArrayLength(),
            json.GetProperty("commit").GetInt32());
    }

    /// <summary>Until the scan has written a segment that no commit names.</summary>
    private static void WaitForSegment(Evidence evidence, int committed, Process scan)
    {
        var watch = Stopwatch.StartNew();
        while (Directory.EnumerateFiles(Path.Combine(evidence.Ledger, "segments"), "*", SearchOption.AllDirectories)
            .Count() <= committed)
        {
            Assert.False(scan.HasExited, "the scan ended before it could be stopped");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "the scan writes no segment");
            Thread.Sleep(1);
        }
    }

    private static Process Start(Evidence evidence)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "whosaw"),
            ["scan", "--config", evidence.Folder.At("whosaw.yaml"), "--ledger", evidence.Ledger,
                "--fingerprint-key", evidence.KeyPath, "--json", evidence.FindingsPath])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static void Write(Evidence evidence, string name, int from, int to)
    {
        var text = new StringBuilder();
        for (var line = from * LinesADay; line < to * LinesADay; line++)
        {
            var time = new DateTime(2025, 4, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(line * (86_400.0 / LinesADay));
            text.Append(CultureInfo.InvariantCulture,
                $"192.0.2.{line % 250} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /members/")
                .Append(CultureInfo.InvariantCulture,
                $"{line * 7919L % Members * 104_729 % 1_000_003} HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n");
        }
        evidence.Folder.Write(name, text.ToString());
    }
}
