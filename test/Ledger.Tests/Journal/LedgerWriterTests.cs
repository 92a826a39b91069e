using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class LedgerWriterTests
{
    [Fact]
    public void What_was_committed_is_read_back()
    {
        var catalog = Some.Catalog();
        using var folder = new TemporaryFolder();
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options))
        {
            writer.Append(Some.Batch(catalog, Some.Access(catalog, Some.Noon)));
            writer.Commit([Some.Source()], [Some.Finding("F2"), Some.Finding("F10"), Some.Finding("F1")], Some.Noon);
        }
        var contents = LedgerContents.Read(folder.Path);
        var segment = Assert.Single(contents.Segments);
        Assert.Equal((1L, Some.Noon, Some.Noon), (segment.Rows, segment.First, segment.Last));
        Assert.Equal([Some.Source()], contents.Sources);
        Assert.Equal(
            [new OperationEntry("profile", "name,email", 0), new OperationEntry("addresses", "name,address", 20)],
            contents.Operations);
        Assert.Equal(["F1", "F2", "F10"], contents.Findings.Select(finding => finding.Id));
        Assert.Null(contents.Accounts);
        Assert.Null(contents.People);
    }

    [Fact]
    public void A_ledger_is_reopened_and_grows()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 3; round++)
        {
            var catalog = Some.Catalog();
            using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
            Assert.Empty(writer.Repairs);
            Assert.Equal(round, writer.Contents.Segments.Count);
            writer.Append(Some.Batch(catalog, Some.Access(catalog, Some.Noon)));
            writer.Commit([], [Some.Finding("F1", $"round {round}")]);
            writer.Commit([], []);
        }
        var contents = LedgerContents.Read(folder.Path);
        Assert.Equal(
            ["000001.parquet", "000002.parquet", "000003.parquet"],
            contents.Segments.Select(segment => segment.Name["segments/2025-04-14/".Length..]));
        Assert.Equal("round 2", Assert.Single(contents.Findings).Title);
    }

    [Fact]
    public void Without_a_commit_nothing_stays()
    {
        var catalog = Some.Catalog();
        using var folder = new TemporaryFolder();
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options with { SegmentRows = 1 }))
        {
            writer.Append(Some.Batch(catalog, Some.Access(catalog, Some.Noon), Some.Access(catalog, Some.Noon)));
            writer.Reject(0, 0, "malformed", "x"u8);
            writer.SetAccounts([(new SubjectId(1), AccountStatus.Active)]);
        }
        Assert.Equal(
            ["checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"],
            folder.Files().Keys.Select(name => name.Replace('\\', '/')));
        Assert.False(Directory.Exists(folder.At("segments")));
    }

    [Fact]
    public void Files_that_were_read_are_known_again()
    {
        using var folder = new TemporaryFolder();
        using (var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options))
        {
            Assert.False(writer.WasRead("aa"));
            writer.Commit([Some.Source("aa", 100)], []);
            Assert.True(writer.WasRead("AA"));
        }
        using var again = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options);
        Assert.True(again.WasRead("aa"));
        Assert.True(again.MayHaveBeenRead(100));
        Assert.False(again.MayHaveBeenRead(101));
    }

    [Fact]
    public void A_subjects_number_stays_the_same_for_ever()
    {
        using var folder = new TemporaryFolder();
        var numbers = new Dictionary<string, SubjectId>();
        for (var round = 0; round < 3; round++)
        {
            var catalog = Some.Catalog();
            using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
            foreach (var (id, number) in numbers)
                Assert.Equal(number, catalog.Subjects.Find(id));
            foreach (var id in new[] { $"user-{round}", "user-0", "회원-1", "01" })
                numbers[id] = catalog.Subjects.Resolve(id);
            writer.Commit([], []);
        }
        Assert.Equal(5, numbers.Values.Distinct().Count());
        Assert.Equal(3, LedgerContents.Read(folder.Path).Dictionaries.Count);
    }

    [Fact]
    public void Ids_that_are_not_utf8_do_not_merge_and_do_not_break_the_dictionary()
    {
        using var folder = new TemporaryFolder();
        var first = Some.Catalog();
        using (var writer = LedgerWriter.Open(folder.Path, first, Some.Options))
        {
            first.Subjects.Resolve([0x61, 0xFF]);
            first.Subjects.Resolve([0x61, 0xFE]);
            first.Subjects.Resolve("after");
            writer.Commit([], []);
        }
        var second = Some.Catalog();
        using var again = LedgerWriter.Open(folder.Path, second, Some.Options);
        Assert.Equal(3, second.Subjects.Count);
        Assert.Equal(new SubjectId(-3), second.Subjects.Find("after"));
    }

    [Fact]
    public void Accounts_and_people_are_stored_when_given_and_the_newest_counts()
    {
        using var folder = new TemporaryFolder();
        using var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options);
        writer.SetAccounts([(new SubjectId(1), AccountStatus.Active)]);
        writer.SetAccounts([(new SubjectId(1), AccountStatus.Canary), (new SubjectId(-1), AccountStatus.Dormant)]);
        writer.SetPeople(Enumerable.Range(0, 300_000).Select(n => (new SubjectId(n / 2), $"p{n}", n % 2)));
        var contents = writer.Commit([], []);
        Assert.Equal("directory/accounts-000001.parquet", contents.Accounts);
        var accounts = StoredRecords.Read(contents.PathOf(contents.Accounts!));
        Assert.Equal(
            [(1L, "canary"), (-1L, "dormant")],
            accounts.Select(row => ((long)row["account"]!, (string)row["status"]!)));
        var people = StoredRecords.Read(contents.PathOf(contents.People!));
        Assert.Equal(300_000, people.Count);
        Assert.Equal([149_999L, "p299999", 1], people[^1].Values);
        Assert.Equal(contents.People, writer.Commit([], []).People);
    }

    [Fact]
    public void Totals_are_merged_by_key_and_read_back_with_names()
    {
        using var folder = new TemporaryFolder();
        using var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options);
        writer.AddTotals(
            [new MinuteTotal(1, 7, 1, Outcome.Disclosed, 2, 20), new MinuteTotal(0, 9, -1, Outcome.Other, 5, 50)]);
        writer.AddTotals([new MinuteTotal(1, 7, 1, Outcome.Disclosed, 3, 30)]);
        Assert.Equal(
            [
                new TotalsRow("gateway", "gw1", 9, null, Outcome.Other, 5, 50),
                new TotalsRow("gateway", "gw2", 7, "profile", Outcome.Disclosed, 5, 50),
            ],
            Coverage.Read(writer.Commit([], [])));
        Assert.Empty(Coverage.Gaps(LedgerContents.Read(folder.Path)));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        foreach (var folder in new[] { first, second })
        {
            var catalog = Some.Catalog();
            var options = Some.Options with { SegmentRows = 500, RowGroupRows = 200 };
            using var writer = LedgerWriter.Open(folder.Path, catalog, options);
            var random = new Random(3);
            for (var batch = 0; batch < 20; batch++)
            {
                writer.Append(Some.Batch(catalog, Enumerable.Range(0, 400).Select(row =>
                    Some.Access(catalog, Some.Noon.Plus(random.Next(0, 100) * EventTime.Hour), row, random.Next(50)))));
                writer.AddTotals([new MinuteTotal(0, random.Next(1000), 1, Outcome.Disclosed, 1, 1)]);
                writer.Reject(0, batch, "malformed", "not a line"u8);
                if (folder == second)
                    Thread.Sleep(1);
            }
            catalog.Subjects.Resolve("user-1");
            writer.SetAccounts([(new SubjectId(1), AccountStatus.Active)]);
            writer.Commit([Some.Source()], [Some.Finding("F1")]);
        }
        Assert.Equal(first.Files().Keys, second.Files().Keys);
        Assert.Equal(first.Files().Values, second.Files().Values);
    }
}
