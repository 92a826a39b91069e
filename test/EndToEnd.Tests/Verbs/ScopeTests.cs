using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Ledger;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>Scopes of one small theft: versions, and everything that can be asked wrongly.</summary>
public sealed class ScopeTests : IDisposable
{
    private readonly Evidence _evidence = new();

    private string Replay => _evidence.Folder.At("replay");

    public void Dispose() => _evidence.Dispose();

    private void Simulate(string scenario = "forged-passes") => Assert.Equal(0, Whosaw.Run("simulate", scenario,
        "--out", Replay, "--accounts", "1500", "--days", "8", "--seed", "6", "--no-loss", "--rate", "20").Status);

    private void Scan() => Assert.InRange(_evidence.Scan(Path.Combine(Replay, "whosaw.yaml")).Status, 0, 1);

    private Said Scope(params string[] more) => Whosaw.Run(["scope", .. more, "--ledger", _evidence.Ledger]);

    private string Diff(int before, int after)
    {
        var said = Scope("diff", before.ToString(CultureInfo.InvariantCulture),
            after.ToString(CultureInfo.InvariantCulture), "--json", "-");
        Assert.Equal((0, ""), (said.Status, said.Error));
        return string.Concat(said.Out.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Two_scopes_tell_who_came_who_left_and_why()
    {
        Simulate();
        // the theft goes on from the second day to the sixth
        string Log(string name) => Path.Combine(Replay, "logs", "gateway", name);
        var (gap, begin) = (Log("gw2-20250416.log.gz"), Log("gw1-20250412.log.gz"));
        File.Move(Log("gw1-20250411.log.gz"), _evidence.Folder.At("never-read.gz"));
        File.Move(gap, gap + ".away");
        File.Move(begin, begin + ".away");
        Scan();
        var csv = _evidence.Folder.At("a.csv");
        Assert.Equal(0, Scope("--where", "unissued", "--out", csv).Status);
        File.Move(gap + ".away", gap);
        File.Move(begin + ".away", begin);
        Scan();
        Assert.Equal(0, Scope("--where", "unissued", "--out", csv).Status);
        Assert.Equal(0, Scope("--where", "unissued and operation = 'addresses'", "--out", csv).Status);
        Assert.Equal(0, Scope("--where", "unissued").Status);

        var grown = Diff(1, 2);
        Assert.Contains("\"why\":\"new-logs\"", grown, StringComparison.Ordinal);
        Assert.Contains("\"why\":\"gap-closed\"", grown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"change\":\"left\"", grown, StringComparison.Ordinal);
        Assert.Contains("\"change\":\"left\",\"why\":\"narrower-predicate\"", Diff(2, 3), StringComparison.Ordinal);
        Assert.Contains("\"change\":\"came\",\"why\":\"wider-predicate\"", Diff(3, 2), StringComparison.Ordinal);
        Assert.Contains("\"differences\":[]", Diff(2, 2), StringComparison.Ordinal);
        Refused("scope 9 was never issued", "diff", "1", "9");
        Refused("scope 4 kept no exposures", "diff", "1", "4");
        File.AppendAllText(Path.Combine(_evidence.Ledger, "scopes", "0002.json"), " ");
        Refused("scope 2 is not as the journal has it", "diff", "1", "2");
        Assert.Equal(0, Whosaw.Run("ledger", "verify", "--ledger", _evidence.Ledger).Status);
    }

    [Theory]
    [InlineData("ascending", "The ids rise")]
    [InlineData("shuffled", "")]
    public void What_a_gap_hides_lies_within_the_bounds(string order, string said)
    {
        Assert.Equal(0, Whosaw.Run("simulate", "forged-passes", "--out", Replay, "--accounts", "12000", "--days", "10",
            "--seed", "8", "--order", order).Status);
        Scan();
        var (_, json) = _evidence.Scope("F1");
        var (hidden, views) = (new HashSet<string>(), 0L);
        var seen = new HashSet<string>();
        foreach (var cells in File.ReadLines(Path.Combine(Replay, "truth-exposed.csv")).Skip(1)
            .Select(line => line.Split(',')))
        {
            var lost = long.Parse(cells[5], CultureInfo.InvariantCulture);
            views += lost;
            (long.Parse(cells[4], CultureInfo.InvariantCulture) > lost ? seen : hidden).Add(cells[0]);
        }
        hidden.ExceptWith(seen);
        var cannotTell = json.GetProperty("cannotTell");
        Assert.True(views > 0);
        Assert.InRange(cannotTell.GetProperty("views").GetProperty("atMost").GetInt64(), views, views * 4);
        var atMost = cannotTell.GetProperty("accounts").GetProperty("atMost").GetInt64();
        Assert.True(atMost >= hidden.Count, $"{hidden.Count} accounts are hidden, the scope says at most {atMost}");
        Assert.Contains(said, cannotTell.GetProperty("why").GetString(), StringComparison.Ordinal);
        CalendarShows(json.GetProperty("coverage").GetProperty("gaps"));
    }

    // the calendar marks a day of each gap, the table beside it has each by name
    private void CalendarShows(JsonElement gaps)
    {
        var report = _evidence.Folder.At("scope.html");
        Assert.Equal(0, Scope("--finding", "F1", "--report", report).Status);
        var tables = XDocument.Load(report).Descendants("table").ToList();
        var calendar = tables.Where(table => ((string?)table.Attribute("class"))?.StartsWith(
            "calendar", StringComparison.Ordinal) == true).SelectMany(table => table.Element("tbody")!.Elements());
        var holes = calendar.Where(row => row.Elements("td").Any(cell => (string?)cell.Attribute("class") == "hole"))
            .Select(row => row.Element("th")!.Value).ToHashSet();
        var named = tables.Single(table => table.Element("caption")!.Value == "Gaps").Element("tbody")!.Elements()
            .Select(row => row.Element("th")!.Value);
        var expected = gaps.EnumerateArray().Select(gap => gap.GetProperty("stream").GetString()!).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, named);
        Assert.All(expected, stream => Assert.Contains(stream, holes));
    }

    [Fact]
    public void What_is_asked_wrongly_is_answered_in_a_sentence()
    {
        Simulate("object-reference");
        Scan();
        Refused("there is no finding F99 in this ledger; it has F1", "--finding", "F99");
        Refused("unknown column 'clinet' at 0; did you mean 'client'?", "--where", "clinet = 'a'");
        Refused("cannot be read (no such file)", "--where", "account in @nowhere.txt");
        var values = _evidence.Folder.At("values.txt");
        File.WriteAllText(values, "7\nnobody-knows-me\n");
        var unknown = Scope("--where", $"subject in @'{values}'");
        Assert.Equal(0, unknown.Status);
        Assert.Contains("Nobody is in this scope", unknown.Out, StringComparison.Ordinal);
        var segments = _evidence.Contents.Segments;
        var name = segments[1].Name;
        var path = _evidence.Contents.PathOf(name);
        var entry = LedgerJournal.Read(_evidence.Ledger).Index()
            .Single(each => each.Item is SegmentAdded added && added.Name == name).Index;
        var named = string.Create(
            CultureInfo.InvariantCulture, $"{name}, which entry {entry} of its journal names");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes.Take(bytes.Length / 2)]);
        Refused("has another file in the place of " + named);
        File.Delete(path);
        Refused("lacks " + named);
    }

    [Fact]
    public void People_of_accounts_that_nobody_listed_are_counted_and_no_account_is_lost()
    {
        Simulate("object-reference");
        var people = Path.Combine(Replay, "people.csv");
        var lines = File.ReadAllLines(people);
        File.WriteAllLines(people, [.. lines.Take(lines.Length / 2), "987654321,p-nobody"]);
        Scan();
        var (_, json) = _evidence.Scope("F1");
        var count = json.GetProperty("people");
        Assert.True(count.GetProperty("accountsNotListed").GetInt64() > 0);
        Assert.True(count.GetProperty("atLeast").GetInt64() >= json.GetProperty("accounts").GetInt64());
    }

    [Fact]
    public void What_names_nobody_is_no_scope_of_nobody()
    {
        Simulate("web-shell");
        Scan();
        var (bytes, spill) = (Id("outflow"), Id("spill"));
        Refused($"{spill} does not say which records it is about", "--finding", spill);
        var report = _evidence.Folder.At("scope.html");
        Assert.Contains("bytes went out", Scope("--finding", bytes, spill, "--report", report).Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<b>0 accounts", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Equal(0, Whosaw.Run("case", "open", "--finding", bytes, "--by", "kim", "--ledger", _evidence.Ledger)
            .Status);
        var said = Whosaw.Run("case", "scope", "C1", "--ledger", _evidence.Ledger);
        Assert.Contains("0 accounts · at least 0 people", said.Out, StringComparison.Ordinal);

        string Id(string detector) => _evidence.Findings()
            .First(finding => finding.GetProperty("detector").GetString() == detector).GetProperty("id").GetString()!;
    }

    [Fact]
    public void The_days_of_a_case_begin_where_those_of_a_scope_do()
    {
        Simulate();
        Scan();
        var (_, json) = _evidence.Scope("F1");
        Assert.Equal(0, Whosaw.Run("case", "open", "--finding", "F1", "--by", "kim", "--ledger", _evidence.Ledger)
            .Status);
        Assert.Equal(0, Whosaw.Run("case", "scope", "C1", "--ledger", _evidence.Ledger).Status);
        using var kept = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(_evidence.Ledger, "cases", "C1", "scope-1.json")));
        Assert.Equal(json.GetProperty("perDay").GetRawText(), kept.RootElement.GetProperty("perDay").GetRawText());
    }

    private void Refused(string sentence, params string[] arguments)
    {
        var said = Scope(arguments);
        Assert.Equal(2, said.Status);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }
}
