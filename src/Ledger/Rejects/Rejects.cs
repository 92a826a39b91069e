using System.Text;
using System.Text.Json;
using WhoSaw.Records;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary>A line that was not a record, byte for byte, without its line end.</summary>
/// <param name="Offset">In bytes within the decompressed file.</param>
public sealed record RejectedLine(
    string Source, string Stream, string File, long Offset, string Reason, ReadOnlyMemory<byte> Line)
{
    /// <summary>Time of the record that was read last before it; null where there was none.</summary>
    public EventTime? Near { get; init; }
}

/// <summary>Reads what was rejected.</summary>
public static class Rejects
{
    /// <summary>The rejected lines of all commits in the order in which they came.</summary>
    public static IEnumerable<RejectedLine> Read(string directory)
    {
        foreach (var (name, _, _, _) in Journal.Load(directory).State.Of(FileKind.Rejects))
        {
            using var stored = File.OpenRead(Path.Combine(directory, name));
            using var zstd = new DecompressionStream(stored);
            using var lines = new StreamReader(zstd, Encoding.UTF8);
            while (lines.ReadLine() is { } line)
                yield return Parse(line);
        }
    }

    private static RejectedLine Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;
        var bytes = root.TryGetProperty("base64", out var base64)
            ? base64.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(Text("line"));
        return new RejectedLine(
            Text("source"), Text("stream"), Text("file"), root.GetProperty("offset").GetInt64(), Text("reason"), bytes)
        {
            Near = root.TryGetProperty("near", out var near) ? EventTime.From(near.GetDateTimeOffset()) : null,
        };
    }
}
