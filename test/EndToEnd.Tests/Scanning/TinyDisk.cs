using System.Diagnostics;

namespace WhoSaw.EndToEnd.Tests.Scanning;

/// <summary>A disk of a few kilobytes in memory, where the system lets us have one.</summary>
internal sealed class TinyDisk : IDisposable
{
    private TinyDisk(string path) => Path = path;

    public string Path { get; }

    public static TinyDisk? TryMount(string path, string size)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        Directory.CreateDirectory(path);
        return Succeeds("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path) ? new TinyDisk(path) : null;
    }

    /// <summary>From here on nothing can be written; false where the system does not let us.</summary>
    public bool TryMakeReadOnly() => Succeeds("mount", "-o", "remount,ro", Path);

    public bool TryGrow(string size) => Succeeds("mount", "-o", "remount,size=" + size, Path);

    public void Dispose() => Succeeds("umount", Path);

    private static bool Succeeds(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
