using System.Security.Cryptography;
using ZstdSharp;

namespace WhoSaw.Ledger;

/// <summary><c>originals/DIGEST.zst</c>: a log byte for byte as it was read, zstd around it.</summary>
internal static class OriginalFile
{
    private const int Level = 3;
    private const int BufferSize = 1 << 18;

    /// <summary>
    /// The digest of what of a log is to be kept; null when its first bytes are not those that were read.
    /// </summary>
    /// <param name="from">Bytes at its start that are not to be kept.</param>
    public static string? DigestToKeep(SourceEntry source, Stream log, long from)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var kept = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(log, from, bytes => whole.AppendData(bytes));
        Read(log, source.Size - from, bytes =>
        {
            whole.AppendData(bytes);
            kept.AppendData(bytes);
        });
        return Hex(whole).Equals(source.Sha256, StringComparison.OrdinalIgnoreCase) ? Hex(kept) : null;
    }

    /// <summary>Copies so many bytes; false when they have another digest.</summary>
    public static bool Write(StagedFile file, string name, string digest, Stream log, long from, long count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using var zstd = new CompressionStream(file, Level, leaveOpen: true);
            Read(log, from, _ => { });
            Read(log, count, bytes =>
            {
                hash.AppendData(bytes);
                zstd.Write(bytes);
            });
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            throw LedgerException.From(file.Failure ?? exception, name);
        }
        file.Complete();
        return Hex(hash) == digest;
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

    private static void Read(Stream log, long count, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = new byte[BufferSize];
        while (count > 0 && log.Read(buffer, 0, (int)Math.Min(buffer.Length, count)) is var got and > 0)
        {
            take(buffer.AsSpan(0, got));
            count -= got;
        }
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
