using System.Security.Cryptography;
using WhoSaw.Records;
using Xunit;

namespace WhoSaw.Ledger.Tests;

/// <summary>
/// Every act, crashed at every durable step, failed and not persisted or failed but persisted: reopened, verified,
/// carried on with, it comes to what it comes to without a crash.
/// </summary>
public sealed class CrashMatrixTests
{
    private static readonly EventTime Later = Some.Noon.Plus(1000 * EventTime.Day);
    private static readonly byte[] Log = "a line\nanother\n"u8.ToArray();

    public enum Act
    {
        Commit, Retain, Erase, Compact, Stamp, Hold,
    }

    public static TheoryData<Act, bool> Acts()
    {
        var acts = new TheoryData<Act, bool>();
        foreach (var act in Enum.GetValues<Act>())
        {
            acts.Add(act, false);
            acts.Add(act, true);
        }
        return acts;
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void An_act_that_crashes_at_any_step_ends_as_one_that_did_not(Act act, bool persists)
    {
        using var template = new TemporaryFolder();
        Begin(template);
        var before = template.Files();
        using var whole = Copy(before);
        Do(act, whole, FailingFileSystem.Quick);
        Do(Act.Commit, whole, FailingFileSystem.Quick);
        var expected = Content(whole);
        var crashes = 0;
        for (var allowed = 0; ; allowed++)
        {
            using var folder = Copy(before);
            if (!Crashes(() => Do(act, folder, new FailingFileSystem(allowed, persists, diskFull: false))))
                break;
            crashes++;
            LedgerWriter.Open(folder.Path, Some.Catalog(), Some.Options, FailingFileSystem.Quick).Dispose();
            HoldTests.RequireSound(folder);
            if (IsUndone(act, folder, before))
                Do(act, folder, FailingFileSystem.Quick);
            Do(Act.Commit, folder, FailingFileSystem.Quick);
            Assert.Equal(expected, Content(folder));
            HoldTests.RequireSound(folder);
        }
        Assert.InRange(crashes, 5, 300);
    }

    private static bool Crashes(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (LedgerException)
        {
            return true;
        }
    }

    /// <summary>A commit of a scan that is there is not done again: a file is known by its digest.</summary>
    private static bool IsUndone(Act act, TemporaryFolder folder, SortedDictionary<string, byte[]> before)
    {
        if (act is Act.Retain or Act.Compact or Act.Erase)
            return true;
        using var old = Copy(before);
        return LedgerJournal.Read(folder.Path).Count == LedgerJournal.Read(old.Path).Count;
    }

    private static void Begin(TemporaryFolder folder)
    {
        Scan(folder, FailingFileSystem.Quick, 0, day: 0);
        Scan(folder, FailingFileSystem.Quick, 1, day: 0);
        Scan(folder, FailingFileSystem.Quick, 2, day: 900);
    }

    private static void Do(Act act, TemporaryFolder folder, FileSystem files)
    {
        switch (act)
        {
            case Act.Commit:
                Scan(folder, files, LedgerContents.Read(folder.Path).Sources.Count, day: 900);
                break;
            case Act.Retain:
                Retention.Run(folder.Path, Some.Options, Later.Plus(-500 * EventTime.Day), "r", "b", Later, files);
                break;
            case Act.Erase:
                Erasure.Run(
                    folder.Path, Some.Options, new ErasureRequest("user-1", "aa", "r", "b", Later), files);
                break;
            case Act.Compact:
                Compaction.Run(folder.Path, Some.Options, "b", Later, files);
                break;
            case Act.Stamp:
                Timestamping.Stamp(
                    folder.Path, Some.Options, new TestAuthority("a").Answer, null, "b", Later, files);
                break;
            default:
                LedgerJournal.Append(folder.Path, Some.Options, files, journal =>
                    [new HoldPlaced($"H{journal.State.HoldsEver + 1}", null, null, null, "r", "b")]);
                break;
        }
    }

    private static void Scan(TemporaryFolder folder, FileSystem files, int round, int day)
    {
        var catalog = Some.Catalog();
        using var writer = LedgerWriter.Open(folder.Path, catalog, Some.Options, files);
        var user = catalog.Subjects.Resolve($"user-{round % 2}");
        var time = Some.Noon.Plus(day * EventTime.Day);
        Some.Keep(writer, catalog, [.. Enumerable.Range(0, 4).Select(
            row => Some.Access(catalog, time, round * 100 + row, row < 2 ? row + 1 : user.Value))]);
        writer.Reject(0, 3, "malformed", "x"u8);
        writer.SetAccounts([(new SubjectId(1), AccountStatus.Active), (user, AccountStatus.Active)]);
        writer.SetPeople([(user, "p1", 0)]);
        var log = (byte[])[.. Log, (byte)round];
        var source = Some.Source(Convert.ToHexStringLower(SHA256.HashData(log)), log.Length) with
        {
            First = time,
            Last = time,
        };
        Assert.True(writer.KeepOriginal(source, () => new MemoryStream(log)));
        writer.Commit([source], [Some.Finding($"F{round}")]);
    }

    private static TemporaryFolder Copy(SortedDictionary<string, byte[]> from)
    {
        var folder = new TemporaryFolder();
        foreach (var (name, bytes) in from)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
            File.WriteAllBytes(folder.At(name), bytes);
        }
        return folder;
    }

    /// <summary>What a scope, a report or a later scan can see; not in which files it lies.</summary>
    private static List<string> Content(TemporaryFolder folder)
    {
        var contents = LedgerContents.Read(folder.Path);
        return
        [
            .. contents.Segments.SelectMany(segment => Rows(contents, segment)).Order(StringComparer.Ordinal),
            .. Coverage.Read(contents).GroupBy(row => row with { Lines = 0, Bytes = 0 })
                .Select(rows => $"{rows.Key} {rows.Sum(row => row.Lines)}").Order(StringComparer.Ordinal),
            .. contents.Sources.Select(source => source.Sha256),
            .. contents.Originals.Select(log => log.Name),
            .. contents.Findings.Select(finding => finding.Id),
            .. contents.Holds.Select(hold => hold.Id),
            $"{Rejects.Read(folder.Path).Count()} rejects",
            $"{contents.Removed}",
        ];
    }

    private static IEnumerable<string> Rows(LedgerContents contents, SegmentEntry segment)
    {
        using var table = new TableReader(contents.PathOf(segment.Name), segment.Name);
        table.OpenGroup(0);
        var (times, offsets) = (table.Longs("time"), table.Longs("offset"));
        var (subjects, accounts, files) = (table.Longs("subject"), table.Longs("account"), table.Texts("file"));
        for (var row = 0; row < table.Rows; row++)
            yield return $"{times[row]} {files[row]} {offsets[row]} {subjects[row]} {accounts[row]}";
    }
}
