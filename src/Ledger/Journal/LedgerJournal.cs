namespace WhoSaw.Ledger;

/// <summary>
/// Adds single acts to the journal of a ledger, also while a writer is at work on it: looking at people's data, holds,
/// decisions.
/// </summary>
public static class LedgerJournal
{
    /// <summary>
    /// Makes an entry durable before it returns. Throws <see cref="LedgerException"/> when the directory is not a
    /// ledger, may not be written, or the key of the ledger is not at hand.
    /// </summary>
    public static LedgerContents Append(string directory, LedgerOptions options, JournalEntry entry) =>
        Append(directory, options, FileSystem.Real, _ => [entry]).ToContents();

    /// <summary>
    /// The same where what is added depends on what the journal says at that moment, such as the next number of a case;
    /// nothing is written when <paramref name="entries"/> gives nothing.
    /// </summary>
    public static void Append(
        string directory, LedgerOptions options,
        Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> entries) =>
        Append(directory, options, FileSystem.Real, journal => entries(journal.Entries));

    /// <summary>Whether there is a ledger in the directory.</summary>
    public static bool Exists(string directory) => Journal.Exists(directory);

    /// <summary>The entries with their numbers, from the first on.</summary>
    public static IReadOnlyList<JournalEntry> Read(string directory) => Journal.LoadEntries(directory).Entries;

    /// <summary>What is to be added may depend on what the journal says at that moment.</summary>
    internal static Journal Append(
        string directory, LedgerOptions options, FileSystem files,
        Func<Journal, IReadOnlyList<JournalEntry>> entries)
    {
        if (!Journal.Exists(directory))
            throw new LedgerException($"{directory} is not a ledger: it has no {LedgerLayout.Checkpoint}.");
        var signer = options.SignerFor(isNew: false);
        using var turn = LedgerLock.TakeJournal(directory, options.Patience);
        var journal = Journal.Load(directory);
        if (entries(journal) is { Count: > 0 } added)
            journal.Append(files, signer, added, out _);
        return journal;
    }
}
