using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class HoldTests
{
    private static readonly EventTime Later = Some.Noon.Plus(1000 * EventTime.Day);

    [Fact]
    public void Retention_removes_what_no_hold_covers_and_says_so()
    {
        using var folder = new TemporaryFolder();
        Days(folder, 4);
        var second = Some.Noon.Plus(EventTime.Day);
        var id = Holds.Place(folder.Path, Some.Options, second, second.Plus(1), null, "an order", "counsel", Later);
        Assert.Equal("H1", id);
        var outcome = Retention.Run(folder.Path, Some.Options, Later, "retention of 1 days", "clerk", Later);
        Assert.Equal((3, 6L, 1), (outcome.Segments, outcome.Records, outcome.Held));
        var contents = LedgerContents.Read(folder.Path);
        Assert.Equal(second, Assert.Single(contents.Segments).First);
        Assert.Equal((3, 6L), contents.Removed);
        Assert.Single(Directory.GetFiles(folder.At("segments"), "*.parquet", SearchOption.AllDirectories));
        Assert.Equal(3, LedgerJournal.Read(folder.Path).OfType<SegmentRemoved>().Count());
        RequireSound(folder);
        Holds.Release(folder.Path, Some.Options, "h1", "the order ended", "counsel", Later);
        Assert.Equal(1, Retention.Run(folder.Path, Some.Options, Later, "r", "clerk", Later).Segments);
        RequireSound(folder);
        Assert.Throws<LedgerException>(() => Holds.Release(folder.Path, Some.Options, "H1", "x", "y", Later));
    }

    [Fact]
    public void A_hold_of_one_source_leaves_others_alone()
    {
        using var folder = new TemporaryFolder();
        Days(folder, 1);
        Holds.Place(folder.Path, Some.Options, null, null, "issuer", "an order", "counsel", Later);
        Assert.Equal(0, Retention.Run(folder.Path, Some.Options, Later, "r", "clerk", Later).Held);
        Days(folder, 1);
        Holds.Place(folder.Path, Some.Options, null, null, "gateway", "an order", "counsel", Later);
        Assert.Equal(1, Retention.Run(folder.Path, Some.Options, Later, "r", "clerk", Later).Held);
    }

    [Fact]
    public void A_hold_that_is_placed_meanwhile_stops_the_rest()
    {
        using var folder = new TemporaryFolder();
        Days(folder, 5);
        var calls = 0;
        var outcome = Retention.Run(
            folder.Path, Some.Options, Later, "r", "clerk", Later, FileSystem.Real, () =>
            {
                if (++calls == 3)
                    Holds.Place(folder.Path, Some.Options, null, null, null, "an order", "counsel", Later);
            });
        Assert.Equal((2, 3), (outcome.Segments, outcome.Held));
        Assert.Equal(3, LedgerContents.Read(folder.Path).Segments.Count);
    }

    [Fact]
    public void Holds_and_lookups_are_recorded_while_a_scan_writes()
    {
        using var folder = new TemporaryFolder();
        var catalog = Some.Catalog();
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options))
        {
            Some.Keep(writer, catalog, Some.Access(catalog, Some.Noon));
            Holds.Place(folder.Path, Some.Options, null, null, null, "an order", "counsel", Later);
            writer.Commit([], []);
            LedgerJournal.Append(folder.Path, Some.Options, new PersonLookedUp("aa", 3, null, "clerk"));
            Some.Keep(writer, catalog, Some.Access(catalog, Some.Noon));
            writer.Commit([], []);
        }
        var contents = LedgerContents.Read(folder.Path);
        Assert.Equal((2, 1), (contents.Segments.Count, contents.Holds.Count));
        RequireSound(folder);
    }

    [Fact]
    public void A_person_is_erased_and_every_proof_holds()
    {
        using var folder = new TemporaryFolder();
        var catalog = Some.Catalog();
        SubjectId kim, lee;
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options))
        {
            (kim, lee) = (catalog.Subjects.Resolve("kim@example.com"), catalog.Subjects.Resolve("lee@example.com"));
            Some.Keep(writer, catalog,
                Some.Access(catalog, Some.Noon, 1, kim.Value),
                Some.Access(catalog, Some.Noon, 2, lee.Value) with { Account = kim },
                Some.Access(catalog, Some.Noon, 3, lee.Value));
            writer.SetAccounts([(kim, AccountStatus.Active), (lee, AccountStatus.Active)]);
            writer.SetPeople([(kim, "p1", 0), (lee, "p2", 0)]);
            writer.Commit([], []);
        }
        Holds.Place(folder.Path, Some.Options, null, null, null, "an order", "counsel", Later);
        var request = new ErasureRequest("kim@example.com", "aa", "on request", "clerk", Later);
        Assert.Contains("Hold H1", Assert.Throws<LedgerException>(
            () => Erasure.Run(folder.Path, Some.Options, request)).Message, StringComparison.Ordinal);
        RequireSound(folder);
        Holds.Release(folder.Path, Some.Options, "H1", "it ended", "counsel", Later);
        Assert.Equal(new ErasureOutcome(4, 1), Erasure.Run(folder.Path, Some.Options, request));
        var contents = LedgerContents.Read(folder.Path);
        var rows = StoredRecords.Read(contents.PathOf(Assert.Single(contents.Segments).Name));
        Assert.Equal([(lee.Value, null), (lee.Value, null)],
            rows.Select(row => ((long)row["subject"]!, (long?)row["account"])));
        Assert.Equal(["192.0.2.7", "192.0.2.7"], rows.Select(row => row["client"]));
        foreach (var bytes in folder.Files().Values)
            Assert.Equal(-1, bytes.AsSpan().IndexOf("kim@"u8));
        RequireSound(folder);
        var next = Some.Catalog();
        using (var writer = LedgerWriter.Open(folder.Path, next, Some.Options))
        {
            Assert.Equal(lee, next.Subjects.Find("lee@example.com"));
            Assert.Equal(-3, next.Subjects.Resolve("kim@example.com").Value);
        }
        Assert.Equal(new ErasureOutcome(0, 0), Erasure.Run(
            folder.Path, Some.Options, request with { Id = "nobody@example.com" }));
    }

    internal static void Days(TemporaryFolder folder, int count)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        for (var day = 0; day < count; day++)
            Some.Keep(writer, catalog, [.. Enumerable.Range(0, 2).Select(
                row => Some.Access(catalog, Some.Noon.Plus(day * EventTime.Day), row, row + 1))]);
        writer.Commit([], []);
    }

    internal static void RequireSound(TemporaryFolder folder)
    {
        var report = LedgerVerification.Run(folder.Path, VerificationTests.Trusting());
        Assert.Empty(report.Faults);
        Assert.Empty(report.Remarks);
    }
}
