namespace WhoSaw.Cli.Outputs;

/// <summary>
/// A file that somebody asked for has all that it should, or nothing: half a list of people looks like a list.
/// </summary>
internal static class AskedFile
{
    public static void Write(string path, Action<Stream> write) => Write(path, () =>
    {
        using var file = File.Create(path);
        write(file);
    });

    /// <param name="write">Opens the path itself.</param>
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (IsStorage(fault))
        {
            Empty(path);
            throw;
        }
    }

    // Not deleted: it may be a device. A pipe has no length, and without a reader to open it would wait for ever.
    private static void Empty(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > 0 })
                new FileStream(path, FileMode.Truncate, FileAccess.Write).Dispose();
        }
        catch (Exception fault) when (IsStorage(fault))
        {
            // what could not be opened could not be written, either
        }
    }

    private static bool IsStorage(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
