using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace WhoSaw.Ledger;

/// <summary>Recomputes everything that a ledger claims, from its files alone.</summary>
public static class LedgerVerification
{
    private const int BufferSize = 1 << 20;

    /// <summary>
    /// Changes nothing; may be called while a writer is at work, and then may name what that writer is just about to
    /// finish. Throws <see cref="LedgerException"/> when it is no ledger, was written by a newer version, or a file
    /// cannot be read at all.
    /// </summary>
    public static VerificationReport Run(string directory, VerificationOptions options)
    {
        if (!Directory.Exists(directory))
            throw new LedgerException($"{directory} is not a ledger: there is no such folder.");
        // A ledger that lost its checkpoint still has the journal: that is for the report to say.
        if (!Journal.Exists(directory) && !Directory.Exists(Path.Combine(directory, LedgerLayout.Tiles)))
            throw new LedgerException($"{directory} is not a ledger: it has no {LedgerLayout.Checkpoint}.");
        var journal = new JournalVerification(directory, options);
        journal.Run();
        var faults = new List<LedgerFault>(journal.Faults);
        var numbers = Numbers(journal.Entries);
        var files = journal.State.Counting.ToList();
        var (found, bytes) = Hash(directory, files, options);
        foreach (var (name, fault) in found)
            faults.Add(new LedgerFault(fault, numbers.GetValueOrDefault(name)));
        var broken = found.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (number, entry) in journal.Entries.Index().Where(_ => !options.DigestsOnly))
            if (ClaimFaults.Of(directory, journal.State, entry, broken) is { } fault)
                faults.Add(new LedgerFault(fault, number));
        faults.AddRange(ClaimFaults.OfFindings(directory, journal.State, journal.Entries, broken));
        var stamps = new StampVerification(directory, journal, broken, options.Authority);
        faults.AddRange(stamps.Faults());
        if (!options.DigestsOnly)
            faults.AddRange(CoverageFaults.Of(directory, journal.State, broken, options));
        return new VerificationReport(
            journal.Head, journal.Key, options.Key is not null, files.Count, bytes,
            journal.State.Segments.Sum(segment => segment.Rows),
            [.. faults.OrderBy(fault => fault.Entry ?? -1).ThenBy(fault => fault.What, StringComparer.Ordinal)],
            Remarks(directory, journal.State))
        {
            Stamps = stamps.Said,
        };
    }

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    internal static string Digest(string path, Action<int>? read = null)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        long offset = 0;
        for (int count; (count = RandomAccess.Read(file, buffer, offset)) > 0; offset += count)
        {
            hash.AppendData(buffer, 0, count);
            read?.Invoke(count);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (IReadOnlyList<(string Name, string Fault)> Faults, long Bytes) Hash(
        string directory, List<(string Name, string Sha256, long Size)> files, VerificationOptions options)
    {
        var faults = new ConcurrentBag<(string, string)>();
        var (total, done) = (files.Sum(file => file.Size), 0L);
        // The largest first, so that no thread is left alone with it at the end.
        var order = Partitioner.Create(files.OrderByDescending(file => file.Size).ToArray(), loadBalance: true);
        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, file =>
        {
            var path = Path.Combine(directory, file.Name);
            try
            {
                if (!File.Exists(path))
                    faults.Add((file.Name, $"{file.Name} is missing"));
                else if (new FileInfo(path).Length != file.Size)
                    faults.Add((file.Name, $"{file.Name} has another size than it had"));
                else if (Digest(path, Read) != file.Sha256)
                    faults.Add((file.Name, $"{file.Name} is not the file that was recorded"));
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                faults.Add((file.Name, $"{file.Name} cannot be read"));
            }
        });
        return ([.. faults.OrderBy(fault => fault.Item1, StringComparer.Ordinal)], done);

        void Read(int count) => options.Progress?.Invoke(Interlocked.Add(ref done, count), total);
    }

    private static Dictionary<string, long?> Numbers(List<JournalEntry> entries)
    {
        var numbers = new Dictionary<string, long?>(StringComparer.Ordinal);
        for (var number = 0; number < entries.Count; number++)
            foreach (var (name, _) in entries[number].NewFiles)
                numbers[name] = number;
        return numbers;
    }

    private static List<string> Remarks(string directory, JournalState state)
    {
        var unknown = LedgerLayout.Files(directory).Count(name => !state.Counts(name));
        return unknown == 0 ? [] : [$"{unknown} files lie in the folders of evidence that no entry names"];
    }
}
