using System.Security.Cryptography;

namespace WhoSaw.Ledger;

/// <summary>
/// What another room knows after a run, kept beside the evidence in <c>state/</c>: on disk before the run's commit,
/// which names its digest. So whatever crash comes, the state that fits the ledger is there, and no other is taken for
/// it.
/// </summary>
/// <param name="directory">Of the ledger.</param>
/// <param name="kind">Whose it is: <c>detection</c>.</param>
public sealed class BoundState(string directory, string kind)
{
    private const int DigestLetters = 32;
    private readonly string _folder = Path.Combine(directory, LedgerLayout.State);

    /// <summary>The state with that SHA-256; null when it is not there, or not as it was.</summary>
    public Stream? Open(string sha256)
    {
        var path = PathOf(sha256);
        return File.Exists(path) && LedgerVerification.Digest(path) == sha256
            ? new BufferedStream(File.OpenRead(path), 1 << 16)
            : null;
    }

    /// <summary>
    /// Durable when it returns: the SHA-256 for the commit. Throws <see cref="LedgerException"/> when it cannot be
    /// written.
    /// </summary>
    public string Save(Action<Stream> write)
    {
        var part = Path.Combine(_folder, kind + Staging.PartSuffix);
        try
        {
            FileSystem.Real.CreateFolder(_folder);
            using (var state = new BufferedStream(FileSystem.Real.Create(part), 1 << 16))
                write(state);
            FileSystem.Real.Sync(part);
            var digest = LedgerVerification.Digest(part);
            FileSystem.Real.Replace(part, PathOf(digest));
            FileSystem.Real.SyncFolder(_folder);
            return digest;
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(exception, part);
        }
    }

    /// <summary>Removes the states of earlier runs, and of runs that never committed.</summary>
    public void RemoveOthers(string sha256)
    {
        var kept = PathOf(sha256);
        foreach (var path in Directory.EnumerateFiles(_folder, kind + "-*").Where(path => path != kept))
            File.Delete(path);
    }

    private string PathOf(string sha256) => Path.Combine(_folder, $"{kind}-{sha256[..DigestLetters]}");
}
