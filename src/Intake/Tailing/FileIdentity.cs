using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace WhoSaw.Intake.Tailing;

/// <summary>Which file a name stands for at this moment, whatever it is called: device and inode.</summary>
public readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>Null where the system does not say, or there is no such file.</summary>
    public static FileIdentity? Of(string path) => Ask(AtCurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0);

    internal static FileIdentity? Of(SafeFileHandle file)
    {
        var kept = false;
        file.DangerousAddRef(ref kept);
        try
        {
            return Ask((int)file.DangerousGetHandle(), [0], EmptyPath);
        }
        finally
        {
            file.DangerousRelease();
        }
    }

    private const int AtCurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantsInode = 0x100;

    private static FileIdentity? Ask(int folder, byte[] path, int flags)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        // struct statx has the same layout on every processor: inode at 32, device at 136 and 140.
        var answer = new byte[256];
        if (Status(folder, path, flags, WantsInode, answer) != 0)
            return null;
        var device = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(136)) << 32
            | BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(140));
        return new FileIdentity(device, BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(32)));
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint wanted, byte[] answer);
}
