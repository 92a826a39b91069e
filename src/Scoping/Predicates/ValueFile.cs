namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// A file of values that an expression names: its digest says what it held when the expression was read.
/// </summary>
/// <param name="Path">As the expression writes it.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ValueFile(string Path, string Sha256, int Values);

/// <summary>Opens the files that expressions name; the host decides what a path is relative to.</summary>
/// <returns>The bytes of the file, or the reason why there are none.</returns>
public delegate (byte[]? Content, string? Refusal) ReadValueFile(string path);

internal static class ValueFiles
{
    public static (byte[]? Content, string? Refusal) FromDisk(string path)
    {
        try
        {
            return (File.ReadAllBytes(path), null);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or NotSupportedException
                                              or ArgumentException)
        {
            return (null, exception is FileNotFoundException or DirectoryNotFoundException
                ? "no such file" : "not readable");
        }
    }
}
