using System.Globalization;
using System.Text.Json;
using WhoSaw.Cli;
using WhoSaw.Cli.Verbs;
using WhoSaw.EndToEnd.Tests.Scanning;
using WhoSaw.Incidents.Cases;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Verbs;

/// <summary>Who saw one account of a theft, and which of it belongs to findings and to cases.</summary>
public sealed class PersonTests : IDisposable
{
    private readonly Evidence _evidence = new();

    public void Dispose() => _evidence.Dispose();

    private sealed record Access(string Operation, string[] Findings, string[] Cases);

    [Fact]
    public void Every_access_says_to_which_findings_and_cases_it_belongs()
    {
        var (account, stolen) = Theft();
        Assert.All(Accesses(account, 0), access => Assert.Empty(access.Cases));
        Case(0, "open", "--finding", "F1", "--by", "kim");
        var accesses = Accesses(account, 0);
        Assert.Equal(stolen, accesses.LongCount(access => access.Findings.Contains("F1")));
        Assert.True(accesses.Count > stolen);
        Assert.All(accesses, access =>
            Assert.Equal(access.Findings.Contains("F1") ? ["C1"] : Array.Empty<string>(), access.Cases));
        var page = Person(account, 0).Out;
        Assert.Contains($"Case C1 (a sign, not yet looked at): {Count(stolen)}", page, StringComparison.Ordinal);
        Assert.Contains("C1, F1", page, StringComparison.Ordinal);
        Assert.Contains("사건 C1(징후, 아직 확인 전)", Person(account, 0, "--language", "ko").Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Case", Person("nobody-at-all", 0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_latest_scope_of_a_case_means_is_in_the_case()
    {
        var (account, _) = Theft();
        Case(0, "open", "--signal", "ticket-7", "--by", "kim");
        Assert.All(Accesses(account, 0), access => Assert.Empty(access.Cases));
        var seen = Accesses(account, 0)[0].Operation;
        Case(0, "scope", "C1", "--where", "true");
        Case(0, "scope", "C1", "--where", $"operation = '{seen}'");
        Assert.All(Accesses(account, 0), access =>
            Assert.Equal(access.Operation == seen ? ["C1"] : Array.Empty<string>(), access.Cases));

        File.AppendAllText(Path.Combine(_evidence.Ledger, "cases", "C1", "scope-2.json"), " ");
        Assert.All(Accesses(account, 3), access => Assert.Empty(access.Cases));
        Assert.Contains("case C1 is marked without its scope", Person(account, 3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_log_of_the_same_name_has_other_lines_at_the_same_places()
    {
        // a log that is replaced by the next day's, and read each time
        var log = _evidence.Folder.At("app.log");
        var yaml = _evidence.Folder.At("whosaw.yaml");
        File.WriteAllText(yaml, """
            version: 1
            sources: [{id: app, kind: access, path: app.log, format: combined}]
            routes: [{route: 'GET /members/{subject}', name: profile, shows: [name]}]

            """);
        string[] lines = ["198.51.100.7 - - [11/Apr/2025", "198.51.100.9 - - [12/Apr/2025"];
        foreach (var line in lines)
        {
            File.WriteAllText(log, line + ":10:00:00 +0000] \"GET /members/7 HTTP/1.1\" 200 9 \"-\" \"a\"\n");
            Assert.Equal(0, _evidence.Scan(yaml).Status);
        }
        Case(0, "open", "--signal", "ticket-7", "--by", "kim");
        Case(0, "scope", "C1", "--where", "client = '198.51.100.7'");
        Assert.Equal([[], ["C1"]], Accesses("7", 0).Select(access => access.Cases));
    }

    [Fact]
    public void A_finding_of_a_case_that_the_ledger_does_not_have_is_said()
    {
        var (account, _) = Theft();
        Case(0, "open", "--finding", "F1", "--by", "kim");
        // as versions before this one let everybody record
        var journal = new CaseJournal(_evidence.Ledger, new Host(
            TextWriter.Null, TextWriter.Null, () => Stream.Null, () => Stream.Null, TimeProvider.System));
        Assert.NotNull(journal.Add(journal.Find("C1")!, new CaseEvent
        {
            Case = "C1",
            Number = 0,
            Kind = CaseEventKind.Noted,
            At = journal.Now,
            Recorded = journal.Now,
            By = "kim",
            Evidence = ["finding:F99"],
        }));
        Assert.Contains(Accesses(account, 3), access => access.Cases is ["C1"]);
        Assert.Contains("case C1 names a finding F99 that this ledger does not have", Person(account, 3).Error,
            StringComparison.Ordinal);
    }

    /// <summary>A theft, scanned; an account that it saw and others saw, too, and how often it did.</summary>
    private (string Account, long Views) Theft()
    {
        var replay = _evidence.Folder.At("replay");
        Assert.Equal(0, Whosaw.Run("simulate", "forged-passes", "--out", replay, "--accounts", "1500", "--days", "8",
            "--seed", "9", "--no-loss", "--rate", "20").Status);
        Assert.Equal(1, _evidence.Scan(Path.Combine(replay, "whosaw.yaml")).Status);
        return ScopeTable.Read(Path.Combine(replay, "truth-exposed.csv")).GroupBy(row => row.Key.Account)
            .Select(rows => (Account: rows.Key, Views: rows.Sum(row => row.Value)))
            .First(row => Accesses(row.Account, 0).Count > row.Views);
    }

    private List<Access> Accesses(string account, int status) =>
    [
        .. Person(account, status, "--json").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(access => new Access(access.GetProperty("operation").GetString()!, Ids(access, "findings"),
                Ids(access, "cases"))),
    ];

    private static string[] Ids(JsonElement access, string name) =>
        [.. access.GetProperty(name).EnumerateArray().Select(id => id.GetString()!)];

    private static string Count(long accesses) =>
        accesses == 1 ? "1 access" : accesses.ToString(CultureInfo.InvariantCulture) + " accesses";

    private Said Person(string account, int status, params string[] more) =>
        Say(status, ["person", account, "--ledger", _evidence.Ledger, .. more]);

    private void Case(int status, params string[] more) => Say(status, ["case", .. more, "--ledger", _evidence.Ledger]);

    private static Said Say(int status, string[] arguments)
    {
        var said = Whosaw.Run(arguments);
        Assert.True(said.Status == status,
            $"whosaw {string.Join(' ', arguments)} gave {said.Status}: {said.Out}{said.Error}");
        return said;
    }
}
