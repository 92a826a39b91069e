using System.Text.Json;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>
/// Holds what the program says of a replay against its truth: a theft is found and scoped exactly, a gap is named if
/// and only if there is one, a quiet replay raises nothing.
/// </summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("forged")]
    [InlineData("quiet")]
    [InlineData("bola")]
    [InlineData("blind")]
    public void A_replay_is_judged_right(string replay)
    {
        var folder = SharedFolder.Find("replays", replay);
        Assert.SkipUnless(folder is not null, SharedFolder.Missing);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var truth = document.RootElement;
        var logged = ScopeTable.Read(Path.Combine(folder, "truth-exposed.csv"));
        var exposed = File.ReadLines(Path.Combine(folder, "truth-exposed.csv")).Skip(1)
            .Select(line => line.Split(',')).Select(cells => (cells[0], cells[1])).ToHashSet();
        var floor = truth.TryGetProperty("precisionFloor", out var said) ? said.GetDouble() : 0.999;
        var isTheft = truth.GetProperty("accounts").GetInt64() > 0;

        using var evidence = new Evidence();
        Assert.InRange(evidence.Scan(Path.Combine(folder, "whosaw.yaml")).Status, 0, 1);
        var findings = evidence.Findings().Where(IsOfPeople).Select(finding => finding.GetProperty("id").GetString()!)
            .Select(id => (Id: id, Pairs: evidence.Scope(id).Table.Keys))
            .Where(finding => !isTheft || finding.Pairs.Count > 0).ToList();
        var isTrue = findings.ToLookup(finding => finding.Pairs.Count > 0
            && finding.Pairs.Count(exposed.Contains) >= Math.Min(0.5, 0.9 * floor) * finding.Pairs.Count);
        Assert.Empty(isTrue[false]);
        if (!isTheft)
            return;

        Assert.NotEmpty(isTrue[true]);
        var (scope, summary) = evidence.Scope();
        var hits = scope.Keys.Count(exposed.Contains);
        Assert.InRange((double)hits / logged.Count, 0.999, 10);
        Assert.InRange((double)hits / scope.Count, floor, 1);
        Assert.Equal(
            truth.GetProperty("viewsNotLogged").GetInt64() > 0,
            summary.GetProperty("coverage").GetProperty("gaps").GetArrayLength() > 0);
    }

    private static bool IsOfPeople(JsonElement finding) =>
        finding.GetProperty("severity").GetString() is "medium" or "high" or "critical"
        && finding.GetProperty("kind").GetString() == "access";
}
