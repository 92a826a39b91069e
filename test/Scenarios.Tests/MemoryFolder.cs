using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhoSaw.Scenarios.Tests;

/// <summary>A folder that is not on disk: what a simulation wrote, by path.</summary>
internal sealed class MemoryFolder
{
    private readonly ConcurrentDictionary<string, MemoryStream> _files = new();

    public SimulationTotals Totals { get; private set; } = null!;

    public static MemoryFolder Of(ScenarioOptions options, int threads = 2)
    {
        var folder = new MemoryFolder();
        folder.Totals = new Simulation(options, path =>
            folder._files.TryAdd(path, new MemoryStream()) ? folder._files[path]
                : throw new IOException($"{path} twice")).Write(threads);
        return folder;
    }

    public IEnumerable<string> Paths => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>One hash over all names and bytes.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Paths)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData(_files[path].ToArray());
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public string Text(string path)
    {
        Stream file = new MemoryStream(_files[path].ToArray());
        if (path.EndsWith(".gz", StringComparison.Ordinal))
            file = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public IEnumerable<string> Lines(string path) => Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<JsonElement> Records(string folder) =>
        Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal))
        .SelectMany(Lines).Select(line => JsonDocument.Parse(line).RootElement);

    public IEnumerable<JsonElement> Gateway() => Records("logs/gateway/");

    /// <summary>Rows of the truth: account, operation, first, last, views, views not logged.</summary>
    public IEnumerable<string[]> Exposed() => Lines("truth-exposed.csv").Skip(1).Select(line => line.Split(','));

    public JsonElement Truth() => JsonDocument.Parse(Text("truth.json")).RootElement;
}
