using WhoSaw.Cli.Verbs;
using WhoSaw.Scenarios;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>The sample that the first page of the documentation shows.</summary>
public sealed class ShopTests
{
    private static readonly string Shop = Path.Combine(RepositoryFolder.Path, "samples", "shop");
    private static readonly string Configuration = Path.Combine(Shop, "whosaw.yaml");

    [Fact]
    public void The_theft_is_found_at_its_test_and_scoped_exactly()
    {
        using var evidence = new Evidence();
        var said = evidence.Scan(Configuration);
        Assert.Equal((1, ""), (said.Status, said.Error));

        var first = evidence.Findings()[0];
        Assert.Equal(("F1", "unissued-credential"), (first.GetProperty("id").GetString(),
            first.GetProperty("detector").GetString()));
        var test = File.ReadLines(Path.Combine(Shop, "truth-exposed.csv")).Skip(1)
            .Min(line => DateTimeOffset.Parse(line.Split(',')[2], null));
        Assert.Equal("2025-04-12", test.ToString("yyyy-MM-dd", null));
        Assert.InRange(first.GetProperty("raised").GetDateTimeOffset() - test, TimeSpan.Zero, TimeSpan.FromMinutes(2));

        var (scope, summary) = evidence.Scope();
        Assert.Equal(ScopeTable.Read(Path.Combine(Shop, "truth-exposed.csv")), scope);
        var gap = Assert.Single(summary.GetProperty("coverage").GetProperty("gaps").EnumerateArray());
        Assert.Equal("gw2", gap.GetProperty("stream").GetString());
        Assert.Contains("gw2", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_is_what_simulate_writes()
    {
        using var folder = new TemporaryFolder();
        SimulateVerb.WriteTo(folder.At("shop"), new ScenarioOptions
        {
            Scenario = "forged-passes",
            Seed = 7,
            Accounts = 4000,
            LinesPerDay = 2000,
            Addresses = 3,
            Canaries = 60,
        }, threads: 2);
        var written = Directory.EnumerateFiles(folder.At("shop"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder.At("shop"), path));
        Assert.Equal(
            Directory.EnumerateFiles(Shop, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Shop, path))
                .Where(name => name != "particulars.json").Order(StringComparer.Ordinal),
            written.Keys.Order(StringComparer.Ordinal));
        Assert.All(written, file => Assert.True(
            File.ReadAllBytes(file.Value).SequenceEqual(File.ReadAllBytes(Path.Combine(Shop, file.Key))), file.Key));
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        using var one = new Evidence();
        one.Scan(Configuration, "--threads", "1");
        one.Scope();
        foreach (var threads in (string[])["2", "8"])
        {
            using var other = new Evidence();
            other.Scan(Configuration, "--threads", threads);
            other.Scope();
            var (expected, got) = (Kept(one), Kept(other));
            Assert.Equal(expected.Keys, got.Keys);
            Assert.All(expected, file => Assert.True(file.Value.SequenceEqual(got[file.Key]), file.Key));
        }
    }

    [Fact]
    public void The_same_logs_a_second_time_add_nothing()
    {
        using var evidence = new Evidence();
        evidence.Scan(Configuration);
        evidence.Scope();
        var before = Kept(evidence);
        var findings = evidence.Contents.Findings.Count;
        var told = evidence.Findings().Select(finding => finding.ToString()).ToList();

        var said = evidence.Scan(Configuration);
        evidence.Scope();
        // what is open stays open, and nothing is new
        Assert.Equal((1, ""), (said.Status, said.Error));
        Assert.Equal(told, evidence.Findings().Select(finding => finding.ToString()));
        Assert.Equal(findings, evidence.Contents.Findings.Count);
        var after = Kept(evidence);
        foreach (var name in before.Keys.Where(name => !name.EndsWith("findings.jsonl", StringComparison.Ordinal)))
            Assert.True(before[name].SequenceEqual(after[name]), name);
        Assert.Equal(before.Count, after.Count);
    }

    [Fact]
    public void Two_scans_of_some_days_each_say_what_one_scan_says()
    {
        using var whole = new Evidence();
        whole.Scan(Configuration);
        var (expected, _) = whole.Scope();

        using var evidence = new Evidence();
        var configuration = CopyDays(evidence.Folder, _ => false);
        foreach (var last in (string[])["20250416", "20250420"])
        {
            CopyDays(evidence.Folder, day => string.CompareOrdinal(day, last) <= 0);
            Assert.Equal(1, evidence.Scan(configuration).Status);
        }
        // were sessions of the first run unknown in the second, honest ones would be in the scope
        var (scope, _) = evidence.Scope();
        Assert.Equal(expected, scope);
        Assert.Equal(whole.Contents.Sources.Sum(s => s.Lines), evidence.Contents.Sources.Sum(s => s.Lines));
        Assert.Equal(whole.Contents.Segments.Sum(s => s.Rows), evidence.Contents.Segments.Sum(s => s.Rows));
    }

    /// <summary>Findings, scope, segments and totals, by name.</summary>
    private static SortedDictionary<string, byte[]> Kept(Evidence evidence)
    {
        var files = evidence.Folder.Files();
        foreach (var name in files.Keys.ToList())
            if (!name.StartsWith("findings", StringComparison.Ordinal)
                && !name.StartsWith("scope.csv", StringComparison.Ordinal)
                && !name.StartsWith(Path.Combine("ledger", "segments"), StringComparison.Ordinal)
                && !name.StartsWith(Path.Combine("ledger", "totals"), StringComparison.Ordinal))
                files.Remove(name);
        Assert.True(files.Count > 10);
        return files;
    }

    private static string CopyDays(TemporaryFolder folder, Func<string, bool> wanted)
    {
        foreach (var path in Directory.EnumerateFiles(Shop, "*", SearchOption.AllDirectories))
        {
            var to = folder.At(Path.GetRelativePath(Shop, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            var isLog = path.EndsWith(".gz", StringComparison.Ordinal);
            if (!isLog || wanted(Path.GetFileName(path).Split('-')[1][..8]))
                File.Copy(path, to, overwrite: true);
        }
        return folder.At("whosaw.yaml");
    }
}
