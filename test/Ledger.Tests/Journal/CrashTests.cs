using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class CrashTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_commit_that_fails_at_any_step_is_there_as_a_whole_or_not_at_all(bool persists, bool diskFull)
    {
        var (failures, committed) = (0, false);
        using var template = new TemporaryFolder();
        var catalog = Some.Catalog();
        using (var writer = LedgerWriter.Open(template.Path, catalog, Some.Options))
            Fill(writer, catalog, 1);
        var before = template.Files();
        for (var allowed = 0; !committed; allowed++)
        {
            using var folder = new TemporaryFolder();
            foreach (var (name, bytes) in before)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
                File.WriteAllBytes(folder.At(name), bytes);
            }
            var files = new FailingFileSystem(allowed, persists, diskFull);
            var failure = Try(folder, files);
            committed = failure is null;
            failures += committed ? 0 : 1;
            if (failure is not null)
                Assert.Contains("disk is full", failure.Message, StringComparison.Ordinal);
            var counts = !File.ReadAllBytes(folder.At("checkpoint")).SequenceEqual(before["checkpoint"]);
            if (failure is not null && diskFull && !counts)
                Assert.Equal(before.Keys, folder.Files().Keys);
            RequireWhole(folder, before);
        }
        Assert.InRange(failures, 20, 200);
    }

    private static LedgerException? Try(TemporaryFolder folder, FailingFileSystem files)
    {
        var catalog = Some.Catalog();
        try
        {
            using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options with { SegmentRows = 2 }, files);
            Fill(writer, catalog, 2);
            return null;
        }
        catch (LedgerException exception)
        {
            return exception;
        }
    }

    private static void Fill(LedgerWriter writer, Catalog catalog, int round)
    {
        catalog.Subjects.Resolve($"user-{round}");
        writer.Append(Some.Batch(catalog, Enumerable.Range(0, 5).Select(row => Some.Access(catalog, Some.Noon, row))));
        writer.AddTotals([new MinuteTotal(0, 1, 1, Outcome.Disclosed, 5, 5)]);
        writer.Reject(0, 3, "malformed", "x"u8);
        writer.SetAccounts([(new SubjectId(1), AccountStatus.Active)]);
        writer.SetPeople([(new SubjectId(1), "p1", 0)]);
        writer.Commit([Some.Source($"{round}")], [Some.Finding($"F{round}")]);
    }

    private static void RequireWhole(TemporaryFolder folder, SortedDictionary<string, byte[]> before)
    {
        using (var writer = LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options))
        {
            var contents = writer.Contents;
            var whole = contents.Findings.Count == 2;
            Assert.Equal(whole ? 2 : 1, contents.Sources.Count);
            Assert.Equal(whole ? 2 : 1, contents.Dictionaries.Count);
            Assert.Equal(whole ? 10 : 5, contents.Segments.Sum(segment => segment.Rows));
            Assert.Equal(whole ? 2 : 1, Coverage.Read(contents).Count);
            Assert.Equal(whole ? 2 : 1, Rejects.Read(folder.Path).Count());
            if (!whole)
                Assert.Equal(before.Values, folder.Files().Values);
        }
    }
}
