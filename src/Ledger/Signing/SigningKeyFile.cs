using System.Security.Cryptography;

namespace WhoSaw.Ledger;

/// <summary>
/// A signing key in a file of 32 bytes that its owner alone may read. It does not lie where the evidence lies: who can
/// rewrite a ledger must not find there what makes the rewriting valid (docs/decisions/0004).
/// </summary>
public sealed class SigningKeyFile : ILedgerSigner
{
    private const int SeedLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _seed;
    private readonly byte[] _publicKey;

    private SigningKeyFile(byte[] seed)
    {
        _seed = seed;
        using var key = Ed25519.Import(seed);
        _publicKey = Ed25519.PublicOf(key);
    }

    /// <summary><c>whosaw/ledger-signing.key</c> in the user's configuration folder.</summary>
    public static string DefaultPath => Environment.GetFolderPath(
        Environment.SpecialFolder.ApplicationData,
        Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
        ? Path.Combine(folder, "whosaw", "ledger-signing.key")
        : throw new LedgerException("This user has no configuration folder: say where the signing key is.");

    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>
    /// Reads the key. Throws <see cref="LedgerException"/> when it is missing, damaged, or others may read it.
    /// </summary>
    public static SigningKeyFile Load(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new LedgerException($"The signing key {path} is missing: the ledger can be read, not written.");
            if (!OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
                throw new LedgerException(
                    $"The signing key {path} can be read by others than its owner: set its mode to 600.");
            var seed = File.ReadAllBytes(path);
            return seed.Length == SeedLength
                ? new SigningKeyFile(seed)
                : throw new LedgerException($"The signing key {path} is damaged: it must have {SeedLength} bytes.");
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw new LedgerException($"The signing key {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The same, but makes the key where there is none; it is on disk when this returns.</summary>
    public static SigningKeyFile LoadOrCreate(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!File.Exists(path))
                Create(path);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw new LedgerException($"The signing key {path} cannot be made: {exception.Message}", exception);
        }
        return Load(path);
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var key = Ed25519.Import(_seed);
        return Ed25519.Sign(key, message);
    }

    // Written beside and then moved into place: of two runs that start together, one key wins and both read it.
    private static void Create(string path)
    {
        var seed = RandomNumberGenerator.GetBytes(SeedLength);
        var draft = path + "." + Convert.ToHexStringLower(SHA256.HashData(seed).AsSpan(0, 6)) + ".part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(seed);
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
        FileSystem.Real.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
