using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using WhoSaw.Cli.Verbs;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Scenarios;
using Xunit;
using Evidence = WhoSaw.EndToEnd.Tests.Scanning.Evidence;
using Severity = WhoSaw.Records.Severity;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>What other settings would have raised, over a small shop with a thief in it.</summary>
public sealed class TuneTests : IDisposable
{
    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    private string Shop => _evidence.Folder.At("shop");
    private string Configuration => Path.Combine(Shop, "whosaw.yaml");
    private string JsonPath => _evidence.Folder.At("tune.json");

    private void Scanned(params string[] more)
    {
        SimulateVerb.WriteTo(
            Shop, new ScenarioOptions { Scenario = "forged-passes", Accounts = 3000, Days = 6, WithIssuer = false }, 2);
        Assert.Equal(1, _evidence.Scan(Configuration, more).Status);
    }

    private Said Tune(params IEnumerable<string> more) => Whosaw.Run(
        ["tune", "--ledger", _evidence.Ledger, "--config", Configuration, "--fingerprint-key", _evidence.KeyPath,
            "--json", JsonPath, .. more]);

    private List<JsonElement> Settings(string detector) =>
        [.. JsonDocument.Parse(File.ReadAllText(JsonPath)).RootElement.GetProperty("detectors").EnumerateArray()
            .Single(each => each.GetProperty("detector").GetString() == detector)
            .GetProperty("settings").EnumerateArray()];

    private JsonElement Present() =>
        Settings("suspicion").Single(setting => setting.GetProperty("present").GetBoolean());

    private IEnumerable<string> Files() =>
        Directory.EnumerateFileSystemEntries(_evidence.Ledger, "*", SearchOption.AllDirectories).Order(
            StringComparer.Ordinal)
            .Select(path => path + (File.Exists(path)
                ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : ""));

    private string[] Logs() => Directory.GetFiles(Path.Combine(Shop, "logs"), "*", SearchOption.AllDirectories);

    private void AssertPresentIsAsTheLedgerStands()
    {
        var standing = _evidence.Contents.Findings;
        var alarms = standing.Where(finding => finding.Severity >= Severity.Medium).ToList();
        Assert.NotEmpty(alarms);
        var present = Present();
        foreach (var severity in present.GetProperty("severities").EnumerateObject())
            Assert.Equal(
                standing.Count(finding => severity.NameEquals(finding.Severity.ToString().ToLowerInvariant())),
                severity.Value.GetInt32());
        Assert.Equal(alarms.Select(finding => (finding.Id, finding.Detector, finding.Raised.ToString())),
            present.GetProperty("standing").EnumerateArray().Select(told => (told.GetProperty("id").GetString()!,
                told.GetProperty("detector").GetString()!, told.GetProperty("raised").GetString()!)));
    }

    [Fact]
    public void The_present_setting_raises_what_stands_in_the_ledger_and_the_ledger_stays_as_it_is()
    {
        Scanned();
        var before = Files().ToList();
        var said = Tune("--detector", "suspicion");
        Assert.Equal(0, said.Status);
        Assert.Equal(before, Files());
        AssertPresentIsAsTheLedgerStands();
        Assert.Contains("» 20.72", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_higher_threshold_raises_later_or_nothing_and_the_picture_shows_it()
    {
        Scanned();
        var picture = _evidence.Folder.At("tune.svg");
        Assert.Equal(0, Tune("--detector", "suspicion", "--picture", picture).Status);
        var thief = _evidence.Contents.Findings.First(finding => finding.Detector == "suspicion").Id;
        var hours = Settings("suspicion").Select(setting => setting.GetProperty("standing").EnumerateArray()
            .Single(told => told.GetProperty("id").GetString() == thief)).Select(told =>
                told.GetProperty("detector").GetString() == "suspicion"
                    ? told.GetProperty("hoursLater").GetDouble() : double.PositiveInfinity).ToList();
        Assert.Equal(hours.Order(), hours);
        Assert.True(hours[0] <= 0);
        Assert.True(hours[^1] > 0);
        Assert.Contains(XDocument.Load(picture).Descendants(), element => element.Name.LocalName == "polyline");
        Assert.Contains("suspicion, threshold 20.72", File.ReadAllText(picture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_the_configuration_is_what_a_scan_looks_with_and_the_present_one_here()
    {
        Scanned();
        var thief = _evidence.Contents.Findings.First(finding => finding.Detector == "suspicion");
        File.AppendAllText(Configuration, "detection:\n  suspicion: {threshold: 34}\n");
        using var wary = new Evidence();
        Assert.Equal(1, wary.Scan(Configuration).Status);
        var later = wary.Contents.Findings.First(finding => finding.Detector == "suspicion");
        Assert.True(later.Raised > thief.Raised);
        Assert.Equal(0, Tune("--detector", "suspicion").Status);
        Assert.Equal(34, Present().GetProperty("value").GetDouble());
        var told = Present().GetProperty("standing").EnumerateArray()
            .Single(told => told.GetProperty("id").GetString() == thief.Id);
        Assert.Equal(later.Raised.ToString(), told.GetProperty("raised").GetString());
        Assert.Contains(Settings("suspicion"), setting =>
            setting.GetProperty("value").GetDouble() == 20.72
            && setting.GetProperty("standing").EnumerateArray().All(each =>
                each.GetProperty("hoursLater").GetDouble() == 0));
    }

    [Theory]
    [InlineData("detection: {suspicion: {threshold: 3}}", "'threshold' is a number from 13.9 to 34.5")]
    [InlineData("detection: {walk: {least-steps: 2.5}}", "'least-steps' is a whole number from 2 to 1000000")]
    [InlineData("detection: {walk: {most: 3}}", "'walk' has no key 'most'")]
    [InlineData("detection: {nobody: {}}", "'detection' has no key 'nobody'")]
    public void A_setting_that_there_is_not_is_a_fault_of_the_configuration(string line, string sentence)
    {
        Scanned();
        File.AppendAllText(Configuration, line + "\n");
        var said = Tune();
        Assert.Equal(2, said.Status);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_that_have_grown_are_replayed_as_far_as_the_ledger_has_them()
    {
        Scanned();
        foreach (var log in Logs())
            File.AppendAllText(log, "what came later\n");
        Assert.Equal(0, Tune("--detector", "suspicion").Status);
        AssertPresentIsAsTheLedgerStands();
    }

    [Fact]
    public void Logs_that_are_gone_are_named_and_kept_ones_are_replayed_instead()
    {
        Scanned();
        var first = Logs().Order(StringComparer.Ordinal).First();
        File.Delete(first);
        var said = Tune("--detector", "walk");
        Assert.Equal(3, said.Status);
        Assert.Contains(Path.GetFileName(first), said.Out, StringComparison.Ordinal);
        foreach (var log in Logs())
            File.Delete(log);
        said = Tune("--detector", "walk");
        Assert.Equal(2, said.Status);
        Assert.Contains("there is nothing to replay", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_that_the_ledger_keeps_are_as_good_as_the_logs()
    {
        Scanned("--keep-originals");
        foreach (var log in Logs())
            File.Delete(log);
        Assert.Equal(0, Tune("--detector", "suspicion").Status);
        AssertPresentIsAsTheLedgerStands();
    }

    [Fact]
    public void A_stretch_compares_only_what_was_raised_in_it()
    {
        Scanned();
        Assert.Equal(0, Tune("--detector", "suspicion", "--to", "2025-04-12").Status);
        var outcome = JsonDocument.Parse(File.ReadAllText(JsonPath)).RootElement;
        var thief = _evidence.Contents.Findings.First(finding => finding.Detector == "suspicion").Id;
        Assert.Contains(thief, outcome.GetProperty("outside").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(1, outcome.GetProperty("days").GetDouble());
    }

    [Theory]
    [InlineData("there is no detector nobody", "--detector", "nobody")]
    [InlineData("canary has no setting to tune", "--detector", "canary")]
    [InlineData("--from must lie before --to", "--from", "2025-04-12", "--to", "2025-04-11")]
    [InlineData("--from and --to take a time", "--from", "yesterday")]
    [InlineData("there is nothing to replay", "--from", "2035-01-01")]
    public void What_cannot_be_asked_is_said_in_a_sentence(string sentence, params string[] arguments)
    {
        Scanned();
        var said = Tune(arguments);
        Assert.Equal(2, said.Status);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_ledger_is_refused()
    {
        var said = Whosaw.Run("tune", "--ledger", _evidence.Folder.At("nothing"));
        Assert.Equal(2, said.Status);
        Assert.StartsWith("whosaw: ", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_evidence.Folder.At("nothing")));
    }
}
