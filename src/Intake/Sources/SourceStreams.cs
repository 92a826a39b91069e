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

    private static FileStream StandardInput() =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
