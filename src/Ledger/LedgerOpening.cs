using System.Diagnostics;
using System.Globalization;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>
/// What has to be done before a ledger can be written: begin its log, and put right what a crash left.
/// </summary>
internal static class LedgerOpening
{
    private static readonly string[] NotContent =
    [
        LedgerLock.FileName, LedgerLock.HolderFileName, LedgerLock.JournalFileName,
        LedgerLayout.Tiles, LedgerLayout.Checkpoint + Staging.PartSuffix,
    ];

    /// <summary>
    /// Begins the journal of a new ledger; refuses a directory that holds something else. To be called with both locks.
    /// </summary>
    public static void Create(FileSystem files, string directory, ILedgerSigner signer)
    {
        if (Directory.EnumerateFileSystemEntries(directory).Any(entry => !NotContent.Contains(Path.GetFileName(entry))))
            throw new LedgerException(
                $"{directory} is neither empty nor a ledger: it has no {LedgerLayout.Checkpoint}.");
        var key = Ed25519.VerifierOf(signer.PublicKey.Span).ToString();
        Journal.Empty(directory).Append(files, signer, [new LedgerCreated(LedgerLayout.Format, key)], out _);
    }

    /// <summary>Removes files that were on their way into a commit that never was, or out of the ledger.</summary>
    public static IReadOnlyList<string> Repair(FileSystem files, string directory, Journal journal)
    {
        RemoveDeadSpills(directory);
        var leftovers = Leftovers(directory, journal.State).Concat(LooseTiles(directory, journal.Size)).ToList();
        foreach (var path in leftovers.Select(name => Path.Combine(directory, name)))
        {
            try
            {
                files.Delete(path);
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                throw LedgerException.From(exception, path);
            }
        }
        return leftovers.Count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture,
            $"{leftovers.Count} files of a commit that was not finished are removed.")];
    }

    /// <summary>
    /// What questions of processes that were killed left behind: their folders bear the process's number. It is no
    /// evidence, and what cannot be removed stays.
    /// </summary>
    private static void RemoveDeadSpills(string directory)
    {
        var spills = Path.Combine(directory, LedgerLayout.State, "spill");
        try
        {
            if (!Directory.Exists(spills))
                return;
            foreach (var folder in Directory.EnumerateDirectories(spills))
                if (int.TryParse(Path.GetFileName(folder).Split('-')[0], NumberStyles.None,
                    CultureInfo.InvariantCulture, out var process) && !IsAlive(process))
                    Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            // The next opening tries again.
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Files that the journal has let go of, and those that the next commit would have written under these very names:
    /// anything else is not ours to judge.
    /// </summary>
    public static IEnumerable<string> Leftovers(string directory, JournalState state)
    {
        var lastOfDay = state.EverNamed.Where(LedgerLayout.IsSegment)
            .GroupBy(Folder)
            .ToDictionary(day => day.Key, day => day.Max(LedgerLayout.NumberOf), StringComparer.Ordinal);
        foreach (var name in LedgerLayout.Files(directory))
        {
            if (state.Counts(name))
                continue;
            var last = LedgerLayout.IsSegment(name) ? lastOfDay.GetValueOrDefault(Folder(name)) : state.Commits;
            if (name.EndsWith(Staging.PartSuffix, StringComparison.Ordinal) || LedgerLayout.NumberOf(name) > last
                || LedgerLayout.IsOwnName(name) || state.EverNamed.Contains(name))
                yield return name;
        }
    }

    private static IEnumerable<string> LooseTiles(string directory, long size)
    {
        var wanted = TileLayout.Names(size).ToHashSet(StringComparer.Ordinal);
        foreach (var name in LedgerLayout.TileFiles(directory).Where(name => !wanted.Contains(name)))
            yield return name;
        if (File.Exists(Path.Combine(directory, LedgerLayout.Checkpoint + Staging.PartSuffix)))
            yield return LedgerLayout.Checkpoint + Staging.PartSuffix;
    }

    private static string Folder(string name) => name[..name.LastIndexOf('/')];
}
