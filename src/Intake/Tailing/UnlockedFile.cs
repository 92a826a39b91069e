using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace WhoSaw.Intake.Tailing;

/// <summary>
/// Opens a log without a lock. The runtime takes one on every file that it opens, and a writer that wants the file for
/// itself would be refused, or we by it: who watches must not be noticed.
/// </summary>
internal static class UnlockedFile
{
    private const int CloseOnExec = 0x80000;
    private const int NoEntry = 2, NoAccess = 13;

    /// <summary>
    /// Throws <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/> as the runtime does.
    /// </summary>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var descriptor = Open([.. Encoding.UTF8.GetBytes(path), 0], CloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            NoEntry => new FileNotFoundException("there is no such file", path),
            NoAccess => new UnauthorizedAccessException("no permission"),
            _ => new IOException(Marshal.GetPInvokeErrorMessage(error)),
        };
    }

    public static Stream OpenStream(string path) => new FileStream(Open(path), FileAccess.Read, bufferSize: 0);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
