namespace WhoSaw.Ledger.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("whosaw-ledger-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Everything in it but the lock, with its bytes.</summary>
    public SortedDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            if (!System.IO.Path.GetFileName(path).StartsWith("lock", StringComparison.Ordinal))
                files[System.IO.Path.GetRelativePath(Path, path)] = File.ReadAllBytes(path);
        return files;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
