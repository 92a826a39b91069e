using WhoSaw.Intake.Sources;

namespace WhoSaw.Intake.Tailing;

/// <summary>What a file looks like from outside, before anything of it is read.</summary>
/// <param name="Mark">Null while its first line is not whole.</param>
/// <param name="IsWhole">No more can come: it is compressed.</param>
public sealed record StoredHead(string? Mark, bool IsWhole)
{
    /// <summary>Null when it cannot be read now; another time it may.</summary>
    public static StoredHead? Of(string path)
    {
        try
        {
            using var stored = UnlockedFile.OpenStream(path);
            var first = new byte[Decompression.Looked];
            var got = stored.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            var isWhole = Decompression.IsCompressed(first.AsSpan(0, got));
            stored.Seek(0, SeekOrigin.Begin);
            using var bytes = Decompression.Open(stored);
            var head = new byte[FileMark.Looked];
            var length = bytes.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return new StoredHead(FileMark.Of(head.AsSpan(0, length), isWhole), isWhole);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException
            or ZstdSharp.ZstdException)
        {
            return null;
        }
    }

    /// <summary>Whether the file holds what was taken, up to that position.</summary>
    internal static bool Holds(string path, TailedFile taken)
    {
        try
        {
            using var stored = UnlockedFile.OpenStream(path);
            using var bytes = Decompression.Open(stored);
            return TakenBytes.Matches(bytes, taken.Proof.Offset, taken.Proof.Sha256, taken.Proof.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException
            or ZstdSharp.ZstdException)
        {
            return false;
        }
    }
}
