using System.Security.Cryptography;

namespace WhoSaw.Intake.Sources;

/// <summary>How a path becomes bytes.</summary>
public static class SourceStreams
{
    /// <summary>
    /// A file, opened to be read from end to end while others may append to it; <c>-</c> is standard input.
    /// </summary>
    public static Stream Open(string path) =>
        path == InputFile.StandardInput
            ? StandardInput()
            : new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            });

    /// <summary>The bytes that offsets of records count: decompressed where the file is compressed.</summary>
    public static Stream OpenDecompressed(string path) => Decompress(Open(path));

    /// <summary>The same for a file that is open at its start; disposing closes it.</summary>
    public static Stream Decompress(Stream stored) => Decompression.Open(stored);

    /// <summary>What ended the reading of a log before its end; null when that was something else.</summary>
    public static string? FaultOf(Exception exception) => exception switch
    {
        ZstdSharp.ZstdException { Code: ZstdSharp.Unsafe.ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge } =>
            "the compressed file asks for more than 128 MB to be unpacked: compress it without --long",
        InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException =>
            "the compressed file is cut off or damaged; what could be read was read",
        IOException => "reading stopped: " + exception.Message,
        _ => null,
    };

    /// <summary>
    /// SHA-256 of a file's first bytes as stored, in lower-case hexadecimal; of all where it has fewer.
    /// </summary>
    public static string Digest(string path, long count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open(path);
        var buffer = new byte[1 << 18];
        while (count > 0 && file.Read(buffer, 0, (int)Math.Min(buffer.Length, count)) is var got and > 0)
        {
            hash.AppendData(buffer, 0, got);
            count -= got;
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static FileStream StandardInput() =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
