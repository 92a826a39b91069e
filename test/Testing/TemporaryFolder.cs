namespace WhoSaw.Testing;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("whosaw-test-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, and the folders that it needs.</summary>
    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Everything in it but a ledger's lock, with its bytes.</summary>
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
