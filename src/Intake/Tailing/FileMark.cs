using System.Buffers;
using System.Security.Cryptography;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// Tells one generation of a log from the next by content, so that a rename, a copy or a compression changes nothing:
/// the digest of the first line that is no comment.
/// </summary>
public static class FileMark
{
    internal const int Looked = 64 * 1024;
    private const int Letters = 12;
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>What stands between a file's name and its mark in the records.</summary>
    public const char Separator = '@';

    /// <summary>The mark; null when the first line is not whole yet.</summary>
    /// <param name="head">The decompressed file from its first byte on.</param>
    /// <param name="isWhole">That is all of it, and nobody adds to it.</param>
    public static string? Of(ReadOnlySpan<byte> head, bool isWhole = false)
    {
        for (var rest = head[..Math.Min(head.Length, Looked)]; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && !isWhole && head.Length < Looked)
                return null;
            var line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            if (!line.IsEmpty && line[0] != '#')
                return Convert.ToHexStringLower(SHA256.HashData(line))[..Letters];
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
        return null;
    }

    /// <summary>
    /// Of a file as it lies there, compressed or not; null when it cannot be read or has no whole line.
    /// </summary>
    public static string? OfFile(string path) => StoredHead.Of(path)?.Mark;

    /// <summary>
    /// Where the file of a record lies now: under its own name, or beside it under one that begins alike. Null when it
    /// is not there.
    /// </summary>
    /// <param name="file">A name of a record, with or without a mark.</param>
    public static string? Find(string folder, string file)
    {
        var (display, mark) = Parts(file);
        var path = Path.Combine(folder, display);
        if (mark is null)
            return File.Exists(path) ? path : null;
        var beside = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(beside))
            return null;
        var stem = Path.GetFileName(display).Split('.')[0];
        return Directory.EnumerateFiles(beside, stem + "*").Order(StringComparer.Ordinal).Prepend(path)
            .FirstOrDefault(each => OfFile(each) == mark);
    }

    /// <summary>The name that records carry.</summary>
    public static string Marked(string display, string mark) => display + Separator + mark;

    /// <summary>Takes a name of a record apart; the mark is null where it has none.</summary>
    public static (string Display, string? Mark) Parts(string file)
    {
        var at = file.LastIndexOf(Separator);
        return at > 0 && file.Length - at - 1 == Letters && !file.AsSpan(at + 1).ContainsAnyExcept(s_hexadecimal)
            ? (file[..at], file[(at + 1)..])
            : (file, null);
    }
}
