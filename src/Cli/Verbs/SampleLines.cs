using System.IO.Compression;
using ZstdSharp;

namespace WhoSaw.Cli.Verbs;

/// <summary>The first lines of a log, decompressed where it is compressed.</summary>
internal static class SampleLines
{
    private const int LongestLine = 1 << 20;

    internal delegate void Taker(ReadOnlySpan<byte> line);

    /// <summary>
    /// Hands on at most <paramref name="most"/> lines without their ends. What is wrong with the file as a sentence, or
    /// null; the lines before the fault were handed on.
    /// </summary>
    public static string? Read(string path, int most, Taker take)
    {
        try
        {
            const FileShare others = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, others);
            using var stream = Decompressed(file);
            Split(stream, most, take);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return $"{path} cannot be read: no permission, or it is a folder";
        }
        catch (InvalidDataException)
        {
            return $"{path} is damaged: only its beginning was read";
        }
        catch (ZstdException)
        {
            return $"{path} is damaged: only its beginning was read";
        }
        catch (IOException fault)
        {
            return $"{path} cannot be read: {fault.Message}";
        }
    }

    // by its first bytes, whatever its name
    private static Stream Decompressed(FileStream file)
    {
        Span<byte> magic = stackalloc byte[4];
        var length = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (length == 4 && magic[0] == 0x1F && magic[1] == 0x8B)
            return new GZipStream(file, CompressionMode.Decompress);
        return length == 4 && magic is [0x28, 0xB5, 0x2F, 0xFD] ? new DecompressionStream(file) : file;
    }

    private static void Split(Stream stream, int most, Taker take)
    {
        var buffer = new byte[LongestLine];
        var (start, end) = (0, 0);
        while (most > 0)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                take(buffer.AsSpan(start, length).TrimEnd((byte)'\r'));
                start += length + 1;
                most--;
                continue;
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            // a longer line tells nothing of routes
            if (end == buffer.Length)
                end = 0;
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }
        if (most > 0 && end > start)
            take(buffer.AsSpan(start, end - start).TrimEnd((byte)'\r'));
    }
}
