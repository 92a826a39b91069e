using System.Globalization;

namespace WhoSaw.Ledger;

/// <summary>
/// What has to be done before a ledger can be written: begin its log, and put right what a crash left.
/// </summary>
internal static class LedgerOpening
{
    private static readonly string[] NotContent = [LedgerLock.FileName, LedgerLock.HolderFileName];

    /// <summary>Begins the log of a new ledger; refuses a directory that holds something else.</summary>
    public static void CreateLog(FileSystem files, string directory)
    {
        var path = Path.Combine(directory, LedgerLayout.Log);
        if (File.Exists(path))
            return;
        if (Directory.EnumerateFileSystemEntries(directory).Any(entry => !NotContent.Contains(Path.GetFileName(entry))))
            throw new LedgerException($"{directory} is neither empty nor a ledger: it has no {LedgerLayout.Log}.");
        try
        {
            files.Create(path).Dispose();
            files.Sync(path);
            files.SyncFolder(directory);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, path);
        }
    }

    /// <summary>Cuts a torn line and removes files that were on their way into a commit that never was.</summary>
    public static IReadOnlyList<string> Repair(FileSystem files, string directory, CommitLog log)
    {
        var repairs = new List<string>();
        if (log.TornBytes > 0)
        {
            repairs.Add(string.Create(CultureInfo.InvariantCulture,
                $"The last line of {LedgerLayout.Log} was torn: {log.TornBytes} bytes that were never "
                + $"committed are cut off."));
            log.CutTorn(files);
        }
        var removed = 0;
        foreach (var name in Leftovers(directory, log).ToList())
        {
            var path = Path.Combine(directory, name);
            try
            {
                files.Delete(path);
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                throw LedgerException.From(exception, path);
            }
            removed++;
        }
        if (removed > 0)
            repairs.Add(string.Create(CultureInfo.InvariantCulture,
                $"{removed} files of a commit that was not finished are removed."));
        return repairs;
    }

    // Only what the next commit would have written under these very names: anything else is not ours to judge.
    private static IEnumerable<string> Leftovers(string directory, CommitLog log)
    {
        var named = log.Entries.SelectMany(entry => entry.Names).ToHashSet(StringComparer.Ordinal);
        var lastOfDay = named.Where(IsSegment)
            .GroupBy(Folder)
            .ToDictionary(day => day.Key, day => day.Max(LedgerLayout.NumberOf), StringComparer.Ordinal);
        foreach (var name in LedgerLayout.Files(directory))
        {
            if (named.Contains(name))
                continue;
            var last = IsSegment(name) ? lastOfDay.GetValueOrDefault(Folder(name)) : log.Entries.Count;
            if (name.EndsWith(Staging.PartSuffix, StringComparison.Ordinal) || LedgerLayout.NumberOf(name) > last)
                yield return name;
        }
    }

    private static bool IsSegment(string name) => name.StartsWith("segments/", StringComparison.Ordinal);

    private static string Folder(string name) => name[..name.LastIndexOf('/')];
}
