using System.Text;

namespace WhoSaw.Cli.Scanning;

/// <summary>
/// Files in a ledger's <c>state</c>: whoever is killed amid writing leaves the old one, never a part of the new one.
/// </summary>
internal static class StateFile
{
    public static void Write(string path, Action<FileStream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(
            path + ".part", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>One line of text; written only when it is another.</summary>
    public static void WriteLine(string path, string line)
    {
        if (ReadLine(path) != line)
            Write(path, file => file.Write(Encoding.UTF8.GetBytes(line + "\n")));
    }

    /// <summary>Null where there is none, or none that was written to its end.</summary>
    public static string? ReadLine(string path) =>
        File.Exists(path) && File.ReadAllText(path) is var text && text.EndsWith('\n') ? text.Trim() : null;
}
