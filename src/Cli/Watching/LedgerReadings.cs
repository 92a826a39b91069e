using System.Security.Cryptography;
using WhoSaw.Intake.Sources;
using WhoSaw.Intake.Tailing;
using WhoSaw.Ledger;

namespace WhoSaw.Cli.Watching;

/// <summary>
/// How much of a file the ledger has, by the digests of what was read: asked of files that no position names, so that
/// nothing is recorded twice after a scan, or when the folder of the state is gone.
/// </summary>
internal sealed class LedgerReadings(LedgerContents ledger)
{
    private readonly ILookup<string, SourceEntry> _bySource =
        ledger.Sources.Where(entry => entry.Size > 0).ToLookup(entry => entry.Source, StringComparer.Ordinal);

    /// <summary>Bytes from its start; <see cref="long.MaxValue"/> for all of a file that nobody adds to.</summary>
    public long TakenOf(SourceOptions source, SourceFile file)
    {
        var size = new FileInfo(file.Path).Length;
        var sizes = _bySource[source.Id].Where(entry => entry.Size <= size).Select(entry => entry.Size)
            .Distinct().Order().ToList();
        if (sizes.Count == 0)
            return 0;
        var digests = _bySource[source.Id].Select(entry => (entry.Size, entry.Sha256.ToLowerInvariant())).ToHashSet();
        var taken = 0L;
        foreach (var (length, digest) in Prefixes(file.Path, sizes))
            if (digests.Contains((length, digest)))
                taken = length;
        return taken > 0 && StoredIsCompressed(file.Path) ? taken == size ? long.MaxValue : 0 : taken;
    }

    private static IEnumerable<(long Length, string Sha256)> Prefixes(string path, List<long> sizes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = SourceStreams.Open(path);
        var buffer = new byte[1 << 18];
        var done = 0L;
        foreach (var size in sizes)
        {
            while (done < size)
            {
                var got = file.Read(buffer, 0, (int)Math.Min(buffer.Length, size - done));
                if (got == 0)
                    yield break;
                hash.AppendData(buffer, 0, got);
                done += got;
            }
            yield return (size, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
    }

    private static bool StoredIsCompressed(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() is var first && file.ReadByte() is var second
            && ((first == 0x1F && second == 0x8B) || (first == 0x28 && second == 0xB5));
    }
}
