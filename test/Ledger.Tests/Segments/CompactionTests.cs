using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class CompactionTests
{
    private const int Commits = 12;
    private static readonly EventTime Later = Some.Noon.Plus(1000 * EventTime.Day);

    [Fact]
    public void Many_small_segments_of_a_day_become_one_with_the_same_records()
    {
        using var folder = new TemporaryFolder();
        Fill(folder);
        var before = Rows(folder);
        var outcome = Compaction.Run(folder.Path, Some.Options, "clerk", Later);
        Assert.Equal(new CompactionOutcome(2 * Commits, 2, 4 * Commits, 0), outcome);
        var contents = LedgerContents.Read(folder.Path);
        Assert.Equal(2, contents.Segments.Count);
        Assert.Equal(before, Rows(folder));
        Assert.Equal(
            ["000013.parquet", "000013.parquet"],
            Directory.GetFiles(folder.At("segments"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        foreach (var segment in contents.Segments)
        {
            var times = StoredRecords.Read(contents.PathOf(segment.Name))
                .Select(row => (DateTime)row["time"]!).ToList();
            Assert.Equal(times.Order(), times);
            Assert.Equal(["gateway"], segment.Sources);
        }
        HoldTests.RequireSound(folder);
        Assert.Equal(0, Compaction.Run(folder.Path, Some.Options, "clerk", Later).From);
    }

    [Fact]
    public void A_ledger_goes_on_after_a_compaction_and_is_compacted_again()
    {
        using var folder = new TemporaryFolder();
        Fill(folder);
        Compaction.Run(folder.Path, Some.Options, "clerk", Later);
        Fill(folder);
        var before = Rows(folder);
        Assert.Equal(2 * Commits + 2, Compaction.Run(folder.Path, Some.Options, "clerk", Later).From);
        Assert.Equal(before, Rows(folder));
        Erasure.Run(folder.Path, Some.Options, new ErasureRequest("1", "aa", "on request", "clerk", Later));
        HoldTests.RequireSound(folder);
    }

    [Fact]
    public void What_is_held_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Fill(folder);
        var held = LedgerContents.Read(folder.Path).Segments.Where(segment => segment.First.DayNumber
            == Some.Noon.DayNumber).ToList();
        Holds.Place(folder.Path, Some.Options, null, Some.Noon.Plus(EventTime.Hour), null, "order", "counsel", Later);
        var outcome = Compaction.Run(folder.Path, Some.Options, "clerk", Later);
        Assert.Equal((1, Commits), (outcome.To, outcome.Held));
        Assert.Subset(
            LedgerContents.Read(folder.Path).Segments.Select(segment => segment.Sha256).ToHashSet(),
            held.Select(segment => segment.Sha256).ToHashSet());
    }

    [Fact]
    public void A_new_segment_is_no_larger_than_allowed()
    {
        using var folder = new TemporaryFolder();
        Fill(folder);
        var before = Rows(folder);
        Compaction.Run(folder.Path, Some.Options with { CompactedRows = 10 }, "clerk", Later);
        var contents = LedgerContents.Read(folder.Path);
        Assert.All(contents.Segments, segment => Assert.InRange(segment.Rows, 1, 10));
        Assert.Equal(6, contents.Segments.Count);
        Assert.Equal(before, Rows(folder));
    }

    [Fact]
    public void An_entry_that_compacts_what_there_is_not_is_refused()
    {
        using var folder = new TemporaryFolder();
        Fill(folder);
        Compaction.Run(folder.Path, Some.Options, "clerk", Later);
        var made = LedgerJournal.Read(folder.Path).OfType<SegmentsCompacted>().First();
        var again = Assert.Throws<LedgerException>(() => LedgerJournal.Append(
            folder.Path, Some.Options, made with { Name = "segments/2025-04-14/000099.parquet" }));
        Assert.Contains("which there is not", again.Message, StringComparison.Ordinal);
    }

    internal static void Fill(TemporaryFolder folder)
    {
        for (var commit = 0; commit < Commits; commit++)
        {
            var catalog = Some.Catalog();
            using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
            Some.Keep(writer, catalog,
            [
                .. from day in Enumerable.Range(0, 2)
                from row in Enumerable.Range(0, 2)
                select Some.Access(
                    catalog, Some.Noon.Plus(day * EventTime.Day + (row * 50 - commit) * EventTime.Second),
                    commit * 10 + row, row + 1) with
                    {
                        File = commit % 2,
                        Stream = (short)(commit % 2),
                        Credential = (ulong)commit,
                        Request = "r"u8.ToArray(),
                    },
            ]);
            writer.Commit([], []);
        }
    }

    /// <summary>Every value of every record, in an order that does not depend on segments.</summary>
    internal static List<string> Rows(TemporaryFolder folder)
    {
        var contents = LedgerContents.Read(folder.Path);
        return [.. contents.Segments.SelectMany(segment => StoredRecords.Read(contents.PathOf(segment.Name)))
            .Select(row => string.Join('|', row.Select(value => value.Key + "=" + value.Value)))
            .Order(StringComparer.Ordinal)];
    }
}
