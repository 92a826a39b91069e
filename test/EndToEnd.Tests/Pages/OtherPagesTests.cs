using WhoSaw.Cli.Pages;
using WhoSaw.Incidents.Cases;
using WhoSaw.Ledger;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;
using WhoSaw.Scoping.Tests.Reports;
using Xunit;

namespace WhoSaw.EndToEnd.Tests.Pages;

public sealed class OtherPagesTests
{
    private static readonly ScopeSummary Scope = new()
    {
        Accounts = 2_797,
        People = 3_912,
        Views = 10_682,
        First = ForgedPassStory.At(12, 0, 8),
        Last = ForgedPassStory.At(20, 23, 58),
        Zone = ForgedPassStory.Seoul,
        Operations = ForgedPassStory.Theft().Operations,
        Gaps = [ForgedPassStory.Gap],
        Canaries = new(14, 500, 2_810, 1_542, 4_663, true),
        Findings = ["F1"],
        Head = new LedgerHead("example.com/ledger", 1_214, "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k="),
        Written = ["exposed.csv"],
    };

    private static Case OfCase(string id)
    {
        var opened = new CaseEvent
        {
            Case = id,
            Number = 1,
            Kind = CaseEventKind.Opened,
            At = ForgedPassStory.At(17, 9, 0),
            Recorded = ForgedPassStory.At(17, 9, 0),
            By = "kim",
        };
        return Case.Begin(opened).With(opened with { Number = 2, Kind = CaseEventKind.LeakConfirmed });
    }

    private static readonly PersonStory Person = new("1204", ForgedPassStory.Seoul,
    [
        new(ForgedPassStory.At(16, 3, 4), "addresses", ["name", "phone", "address"], "198.51.100.3",
            Outcome.Disclosed, ["F1"], ["C1"]),
        new(ForgedPassStory.At(12, 9, 30), "orders", ["order-history"], "2001:db8::1204:ffff:0:1",
            Outcome.Disclosed, [], []),
        new(ForgedPassStory.At(11, 8, 0), "profile", ["name", "email"], "support-7", Outcome.Refused, [], []),
    ], [OfCase("C1"), OfCase("C2")], [ForgedPassStory.Gap with { LikelyViews = null, AtMostViews = null }]);

    private static readonly LedgerStatus Status = new()
    {
        Path = "evidence",
        Records = 22_410,
        Segments = 11,
        Bytes = 301_882,
        Findings = 3,
        Zone = ForgedPassStory.Seoul,
        First = ForgedPassStory.At(11, 0, 0),
        Last = ForgedPassStory.At(21, 23, 59),
        Streams =
        [
            new("gateway", "gw1", 11, 61_002, 9_871, 0, ForgedPassStory.At(11, 0, 0), ForgedPassStory.At(21, 23, 59)),
            new("gateway", "gw2", 11, 60_110, 9_655, 2, ForgedPassStory.At(11, 0, 0), ForgedPassStory.At(21, 23, 57)),
            new("issuer", "iam", 11, 31_988, 2_884, 0, ForgedPassStory.At(11, 0, 0), ForgedPassStory.At(21, 23, 58)),
        ],
    };

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void A_scope_is_told_as_agreed(string code) =>
        Check("scope", code, (console, language) => ScopePage.Write(console, Scope, language));

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Who_saw_a_person_is_told_as_agreed(string code) =>
        Check("person", code, (console, language) => PersonPage.Write(console, Person, language));

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void A_ledger_is_told_as_agreed(string code) =>
        Check("ledger", code, (console, language) => LedgerPage.Write(console, Status, language));

    [Fact]
    public void An_empty_scope_a_person_nobody_saw_and_an_empty_ledger_have_words()
    {
        Assert.Contains("Nobody is in this scope", Golden.Render(console =>
            ScopePage.Write(console, new ScopeSummary { Where = "client = '192.0.2.1'" }, Language.English)),
            StringComparison.Ordinal);
        Assert.Contains("No record shows that anybody saw", Golden.Render(console =>
            PersonPage.Write(console, Person with { Rows = [], Gaps = [] }, Language.English)),
            StringComparison.Ordinal);
        Assert.Contains("holds no record yet", Golden.Render(console =>
            LedgerPage.Write(console, new LedgerStatus { Path = "evidence" }, Language.English)),
            StringComparison.Ordinal);
    }

    private static void Check(string name, string code, Action<Spectre.Console.IAnsiConsole, Language> write)
    {
        Assert.True(Languages.TryParse(code, out var language));
        var page = Golden.Render(console => write(console, language));
        Assert.All(page.Split('\n'), line => Assert.InRange(CellText.Width(line), 0, 100));
        Golden.Check($"{name}.{code}.txt", page);
    }
}
