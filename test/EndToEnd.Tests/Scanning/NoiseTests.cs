using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>
/// What goes wrong between a request and its line changes neither who is named nor whom the scope names. A node that
/// dies is a part of every world.
/// </summary>
public sealed partial class NoiseTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    public static TheoryData<string, string> Noises
    {
        get
        {
            var noises = new TheoryData<string, string>();
            foreach (var scenario in (string[])["forged-passes", "object-reference", "stolen-service-account"])
                foreach (var noise in (string[])["shuffled", "duplicated", "skewed"])
                    noises.Add(scenario, noise);
            return noises;
        }
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void A_noisy_log_gives_the_same_findings_and_the_same_people(string scenario, string noise)
    {
        // where clocks differ, half of the log-ins come after their session: it takes more to show that the issuer's
        // log is whole
        using var folder = Simulated(scenario, noise == "skewed" ? 6000 : 2000);
        var expected = Said(folder.At("whosaw.yaml"));
        foreach (var path in Directory.EnumerateFiles(folder.At("logs/gateway")))
            Rewrite(path, lines => noise switch
            {
                "shuffled" => Shuffled(lines),
                "duplicated" => lines.SelectMany((line, i) => i % 50 == 7 ? new[] { line, line } : [line]),
                _ => Path.GetFileName(path).StartsWith("gw1", StringComparison.Ordinal)
                    ? lines.Select(line => Later(line, TimeSpan.FromMinutes(10)))
                    : lines,
            });

        var got = Said(folder.At("whosaw.yaml"));

        Assert.Equal(expected.Findings, got.Findings);
        Assert.Equal(expected.People, got.People);
    }

    [Theory]
    [InlineData("forged-passes", true, 1)]
    [InlineData("forged-passes", true, 2)]
    [InlineData("forged-passes", false, 3)]
    [InlineData("stolen-service-account", true, 4)]
    public void Scans_that_end_at_random_moments_find_what_one_scan_finds(string scenario, bool withIssuer, int seed)
    {
        using var folder = Simulated(scenario, withIssuer: withIssuer);
        var expected = Said(folder.At("whosaw.yaml"));
        var random = new Random(seed);
        var logs = Directory.EnumerateFiles(folder.At("logs/gateway")).Order(StringComparer.Ordinal)
            .ToDictionary(path => path, File.ReadAllBytes);
        using var evidence = new Evidence();
        // each time a few more of the files are there
        foreach (var path in logs.Keys)
            File.Delete(path);
        var waiting = logs.Keys.GroupBy(path => path[^15..]).OrderBy(day => day.Key, StringComparer.Ordinal).ToList();
        while (waiting.Count > 0)
        {
            var days = waiting.Take(random.Next(1, 4)).ToList();
            waiting.RemoveRange(0, days.Count);
            foreach (var path in days.SelectMany(day => day))
                File.WriteAllBytes(path, logs[path]);
            Assert.InRange(evidence.Scan(folder.At("whosaw.yaml")).Status, 0, 1);
        }

        Assert.Equal(expected.People, evidence.Scope().Table.Keys.Select(key => key.Account).ToHashSet());
    }

    private static TemporaryFolder Simulated(string scenario, int accounts = 2000, bool withIssuer = true)
    {
        var folder = new TemporaryFolder();
        SimulateVerb.WriteTo(
            folder.At("."),
            new ScenarioOptions
            {
                Scenario = scenario,
                Accounts = accounts,
                Days = 7,
                WithIssuer = withIssuer,
            }, threads: 2);
        return folder;
    }

    /// <summary>Who is named by whom, and whose data was seen; times differ where clocks do.</summary>
    private static (List<string> Findings, HashSet<string> People) Said(string configuration)
    {
        using var evidence = new Evidence();
        evidence.Scan(configuration);
        var findings = evidence.Findings().Select(finding =>
            $"{finding.GetProperty("detector").GetString()} {finding.GetProperty("severity").GetString()} "
            + finding.GetProperty("actor").GetProperty("value").GetString()).Order(StringComparer.Ordinal).ToList();
        return (findings, [.. evidence.Scope().Table.Keys.Select(key => key.Account)]);
    }

    private static void Rewrite(string path, Func<IReadOnlyList<string>, IEnumerable<string>> change)
    {
        var lines = new List<string>();
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress)))
            while (reader.ReadLine() is { } line)
                lines.Add(line);
        using var writer = new StreamWriter(
            new GZipStream(File.Create(path), CompressionLevel.Fastest), new UTF8Encoding(false))
        { NewLine = "\n" };
        foreach (var line in change(lines))
            writer.WriteLine(line);
    }

    /// <summary>Every line comes up to a minute late.</summary>
    private static IEnumerable<string> Shuffled(IReadOnlyList<string> lines)
    {
        var random = new Random(5);
        return lines.Select(line => (line, Arrival: (Time(line) - Epoch).TotalSeconds + random.Next(60)))
            .OrderBy(pair => pair.Arrival).Select(pair => pair.line);
    }

    private static DateTimeOffset Time(string line) =>
        DateTimeOffset.Parse(TimeField().Match(line).Groups[1].Value, null);

    private static string Later(string line, TimeSpan by) => TimeField().Replace(
        line, $"\"ts\":\"{Time(line) + by:yyyy-MM-ddTHH:mm:ss.fffzzz}\"", 1);

    [GeneratedRegex("\"ts\":\"([^\"]*)\"")]
    private static partial Regex TimeField();
}
