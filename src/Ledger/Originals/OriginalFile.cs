using System.Security.Cryptography;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary><c>originals/DIGEST.zst</c>: a log byte for byte as it was read, zstd around it.</summary>
internal static class OriginalFile
{
    private const int Level = 3;
    private const int BufferSize = 1 << 18;

    /// <summary>Copies as many bytes as were read; false when they are others.</summary>
    public static bool Write(StagedFile file, string name, SourceEntry source, Stream log)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using (var zstd = new CompressionStream(file, Level, leaveOpen: true))
            {
                var buffer = new byte[BufferSize];
                var left = source.Size;
                while (left > 0 && log.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is var got and > 0)
                {
                    hash.AppendData(buffer, 0, got);
                    zstd.Write(buffer.AsSpan(0, got));
                    left -= got;
                }
            }
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(file.Failure ?? exception, name);
        }
        file.Complete();
        return Convert.ToHexStringLower(hash.GetHashAndReset())
            .Equals(source.Sha256, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The digest of what is inside; null when it cannot be taken out.</summary>
    public static string? ContentDigest(string path)
    {
        try
        {
            using var stored = File.OpenRead(path);
            using var zstd = new DecompressionStream(stored);
            return Convert.ToHexStringLower(SHA256.HashData(zstd));
        }
        catch (ZstdException)
        {
            return null;
        }
    }
}
