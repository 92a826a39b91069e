using CsCheck;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

/// <summary>Random histories of a ledger, with crashes; what is held never goes.</summary>
public sealed class HoldPropertyTests
{
    private const int FirstDay = 100, Days = 6;
    private static readonly EventTime Later = EventTime.FromMinute(1_000_000);

    private enum Act
    {
        Add, Hold, Release, Retain, Erase,
    }

    [Fact]
    public void Nothing_that_is_held_is_ever_gone() => Gen.Select(
            Gen.Enum<Act>(), Gen.Int[0, Days - 1], Gen.Int[0, 60], Gen.Bool, Gen.Bool,
            (act, day, allowed, crashes, persists) => (act, day, crashes ? allowed : int.MaxValue, persists))
        .Array[1, 12].Sample(Live, iter: 25);

    private static void Live((Act Act, int Day, int Allowed, bool Persists)[] history)
    {
        using var folder = new TemporaryFolder();
        Add(folder, 0, FileSystem.Real);
        foreach (var (act, day, allowed, persists) in history)
        {
            var before = Held(folder);
            var files = allowed == int.MaxValue
                ? FileSystem.Real
                : new FailingFileSystem(allowed, persists, diskFull: false);
            try
            {
                Do(folder, act, day, files);
            }
            catch (LedgerException)
            {
                // Full, refused, or nothing to release: what counts is what is left.
            }
            LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options).Dispose();
            if (act != Act.Release)
                Assert.Superset(before.ToHashSet(), Rows(folder).ToHashSet());
            HoldTests.RequireSound(folder);
        }
    }

    private static void Do(TemporaryFolder folder, Act act, int day, FileSystem files)
    {
        var from = TimeOf(day);
        switch (act)
        {
            case Act.Add:
                Add(folder, day, files);
                break;
            case Act.Hold:
                LedgerJournal.Append(folder.Path, Some.Options, files, journal =>
                [
                    new HoldPlaced($"H{journal.State.HoldsEver + 1}", from, from.Plus(EventTime.Day), null, "r", "b"),
                ]);
                break;
            case Act.Release:
                LedgerJournal.Append(folder.Path, Some.Options, files, journal =>
                    journal.State.Holds is [var first, ..] ? [new HoldReleased(first.Id, "r", "b")] : []);
                break;
            case Act.Retain:
                Retention.Run(folder.Path, Some.Options, from.Plus(EventTime.Day), "r", "b", Later, files);
                break;
            default:
                Erasure.Run(
                    folder.Path, Some.Options, new ErasureRequest($"{day % 3 + 1}", "aa", "r", "b", Later), files);
                break;
        }
    }

    private static EventTime TimeOf(int day) => new((FirstDay + day) * EventTime.Day);

    private static void Add(TemporaryFolder folder, int day, FileSystem files)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options, files);
        Some.Keep(writer, catalog, [.. Enumerable.Range(0, 3).Select(
            row => Some.Access(catalog, TimeOf(day).Plus(row), row, row + 1))]);
        writer.Commit([], []);
    }

    private static List<(string, long)> Held(TemporaryFolder folder)
    {
        var contents = LedgerContents.Read(folder.Path);
        return [.. contents.Segments.Where(segment => contents.Holds.Any(
            hold => hold.Covers(segment.First, segment.Last, segment.Sources))).SelectMany(
            segment => RowsOf(contents, segment))];
    }

    private static IEnumerable<(string, long)> Rows(TemporaryFolder folder)
    {
        var contents = LedgerContents.Read(folder.Path);
        return contents.Segments.SelectMany(segment => RowsOf(contents, segment));
    }

    private static IEnumerable<(string, long)> RowsOf(LedgerContents contents, SegmentEntry segment) =>
        StoredRecords.Read(contents.PathOf(segment.Name)).Select(row => (segment.Name, (long)row["subject"]!));
}
