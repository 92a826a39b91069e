using System.Security.Cryptography;

namespace WhoSaw.Intake.Enrichment;

/// <summary>
/// The secret key of the fingerprints of a ledger: a file of 16 bytes that its owner alone may read. Without it nobody
/// can say which credential a fingerprint stands for; with another one, the same credential would get another
/// fingerprint.
/// </summary>
public static class FingerprintKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the key, or makes one where there is no file yet; the file is on disk when this returns. Null, with what
    /// is wrong as a sentence, when the file cannot be used: it is never replaced.
    /// </summary>
    public static Fingerprint? LoadOrCreate(string path, out string fault)
    {
        fault = "";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!File.Exists(path))
                Create(path);
            return Load(path, out fault);
        }
        catch (UnauthorizedAccessException)
        {
            fault = $"the fingerprint key {path} cannot be used: no permission";
        }
        catch (IOException broken)
        {
            fault = $"the fingerprint key {path} cannot be used: {broken.Message}";
        }
        return null;
    }

    private static Fingerprint? Load(string path, out string fault)
    {
        fault = "";
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            {
                fault = $"the fingerprint key {path} can be read by others than its owner: set its mode to 600";
                return null;
            }
        }
        Span<byte> key = stackalloc byte[Fingerprint.KeyLength + 1];
        using var stream = File.OpenRead(path);
        var length = stream.ReadAtLeast(key, key.Length, throwOnEndOfStream: false);
        if (length != Fingerprint.KeyLength)
        {
            fault = $"the fingerprint key {path} is damaged: it must have {Fingerprint.KeyLength} bytes";
            return null;
        }
        return new Fingerprint(key[..length]);
    }

    // Written beside and then moved into place: of two runs that start together, one key wins and both read it.
    private static void Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Fingerprint.KeyLength);
        var draft = path + "." + Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 6)) + ".part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(key);
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
    }
}
