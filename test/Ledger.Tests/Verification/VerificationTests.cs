using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

public sealed class VerificationTests
{
    [Fact]
    public void An_untouched_ledger_is_sound()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        var report = LedgerVerification.Run(folder.Path, Trusting());
        Assert.Empty(report.Faults);
        Assert.Empty(report.Remarks);
        Assert.Equal(4, report.Records);
    }

    [Fact]
    public void A_byte_that_is_flipped_anywhere_is_found()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        var (flipped, missed) = (0, new List<string>());
        foreach (var (name, bytes) in folder.Files())
            for (var at = 0; at < bytes.Length; at += 97)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= 0x04;
                File.WriteAllBytes(folder.At(name), changed);
                if (LedgerVerification.Run(folder.Path, Trusting()).IsSound)
                    missed.Add($"{name} at {at}");
                File.WriteAllBytes(folder.At(name), bytes);
                flipped++;
            }
        Assert.Empty(missed);
        Assert.True(flipped > 150, $"only {flipped} bytes");
        Assert.True(LedgerVerification.Run(folder.Path, Trusting()).IsSound);
    }

    [Fact]
    public void A_file_that_is_cut_or_gone_or_swapped_is_found()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        var files = folder.Files();
        foreach (var (name, bytes) in files)
        {
            File.Delete(folder.At(name));
            RequireFault(folder);
            File.WriteAllBytes(folder.At(name), bytes[..^1]);
            RequireFault(folder);
            File.WriteAllBytes(folder.At(name), files.Values.First(other => !other.SequenceEqual(bytes)));
            RequireFault(folder);
            File.WriteAllBytes(folder.At(name), bytes);
        }
        Assert.True(LedgerVerification.Run(folder.Path, Trusting()).IsSound);
    }

    [Fact]
    public void A_changed_file_is_named_with_its_entry()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        File.WriteAllBytes(folder.At("segments/2025-04-14/000002.parquet"), [1, 2, 3]);
        var report = LedgerVerification.Run(folder.Path, Trusting());
        var fault = Assert.Single(report.Faults);
        Assert.Contains("segments/2025-04-14/000002.parquet", fault.What, StringComparison.Ordinal);
        var entry = LedgerJournal.Read(folder.Path)[(int)fault.Entry!.Value];
        Assert.Equal("segments/2025-04-14/000002.parquet", Assert.IsType<SegmentAdded>(entry).Name);
        Assert.Equal(fault.Entry, report.SoundUpTo);
    }

    [Fact]
    public void An_older_checkpoint_that_was_put_back_is_found()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        var older = File.ReadAllBytes(folder.At("checkpoint"));
        LedgerJournal.Append(folder.Path, Some.Options, new Decision("C1", "aa", "somebody"));
        Assert.True(LedgerVerification.Run(folder.Path, Trusting() with { Against = older }).IsSound);
        var newer = File.ReadAllBytes(folder.At("checkpoint"));
        File.WriteAllBytes(folder.At("checkpoint"), older);
        RequireFault(folder);
        File.WriteAllBytes(folder.At("checkpoint"), newer);
        Assert.True(LedgerVerification.Run(folder.Path, Trusting()).IsSound);
    }

    [Fact]
    public void A_past_that_was_written_anew_with_the_same_key_contradicts_an_older_checkpoint()
    {
        using var honest = new TemporaryFolder();
        using var forged = new TemporaryFolder();
        Small(honest);
        Small(forged, rows: 3);
        LedgerJournal.Append(forged.Path, Some.Options, new Decision("C1", "aa", "somebody"));
        var kept = File.ReadAllBytes(honest.At("checkpoint"));
        Assert.True(LedgerVerification.Run(forged.Path, Trusting()).IsSound);
        Assert.Contains(LedgerVerification.Run(forged.Path, Trusting() with { Against = kept }).Faults,
            fault => fault.What.Contains("rewritten", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ledger_of_another_key_is_not_believed()
    {
        using var folder = new TemporaryFolder();
        Small(folder);
        var other = new VerificationOptions { Key = Ed25519.TextOf(new FixedSigner(9).PublicKey.Span) };
        Assert.False(LedgerVerification.Run(folder.Path, other).IsSound);
    }

    [Fact]
    public void What_is_no_ledger_is_refused_and_not_called_wrong()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("thesis.txt"), "x");
        Assert.Contains("is not a ledger", Assert.Throws<LedgerException>(
            () => LedgerVerification.Run(folder.Path, Trusting())).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<LedgerException>(
            () => LedgerVerification.Run(folder.At("nowhere"), Trusting())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_that_are_not_those_of_the_records_are_found()
    {
        foreach (var lines in new[] { 1, 3 })
        {
            using var folder = new TemporaryFolder();
            var catalog = Some.Catalog();
            using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options))
            {
                writer.Append(Some.Batch(
                    catalog, Enumerable.Range(0, 2).Select(row => Some.Access(catalog, Some.Noon, row))));
                writer.AddTotals([new MinuteTotal(0, Some.Noon.MinuteNumber, 1, Outcome.Disclosed, lines, 5)]);
                writer.Commit([], []);
            }
            var fault = Assert.Single(LedgerVerification.Run(folder.Path, Trusting()).Faults);
            Assert.Contains("count 1 lines " + (lines == 1 ? "less" : "more"), fault.What, StringComparison.Ordinal);
            Assert.Empty(LedgerVerification.Run(folder.Path, Trusting() with { DigestsOnly = true }).Faults);
        }
    }

    [Fact]
    public void A_line_about_many_people_that_two_segments_share_is_no_fault()
    {
        using var folder = new TemporaryFolder();
        var catalog = Some.Catalog();
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options with { SegmentRows = 3 }))
        {
            Some.Keep(writer, catalog, [.. Enumerable.Range(0, 20).Select(
                row => Some.Access(catalog, Some.Noon, row / 5, row + 1))]);
            writer.Commit([], []);
        }
        Assert.Empty(LedgerVerification.Run(folder.Path, Trusting()).Faults);
    }

    [Fact]
    public void Many_entries_over_several_tiles_are_sound()
    {
        using var folder = new TemporaryFolder();
        var catalog = Some.Catalog();
        using (var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options))
        {
            writer.Commit([.. Enumerable.Range(0, 700).Select(each => Some.Source($"{each:x64}"))], []);
            writer.Commit([Some.Source("ff")], []);
        }
        Assert.True(LedgerVerification.Run(folder.Path, Trusting()).IsSound);
        Assert.Equal(701, LedgerContents.Read(folder.Path).Sources.Count);
    }

    internal static VerificationOptions Trusting() => new()
    {
        Key = Ed25519.TextOf(Some.Options.Signer!.PublicKey.Span),
        Threads = 1,
    };

    internal static void Small(TemporaryFolder folder, int rows = 2)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options);
        for (var round = 0; round < 2; round++)
        {
            catalog.Subjects.Resolve($"user-{round}");
            Some.Keep(writer, catalog, [.. Enumerable.Range(0, rows).Select(
                row => Some.Access(catalog, Some.Noon, row, row + 1))]);
            writer.Reject(0, 3, "malformed", "x"u8);
            writer.SetAccounts([(new SubjectId(1), AccountStatus.Active)]);
            writer.SetPeople([(new SubjectId(1), "p1", 0)]);
            writer.Commit([Some.Source($"{round:x64}")], [Some.Finding($"F{round}")]);
        }
    }

    private static void RequireFault(TemporaryFolder folder) =>
        Assert.False(LedgerVerification.Run(folder.Path, Trusting()).IsSound);
}
