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

    /// <summary>Whether the name stands for a pipe or a device: nothing that can be read twice, or followed.</summary>
    internal static bool IsPipe(string path) =>
        Status(AtCurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, WantsType) is { } answer
        && (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(28)) & FileType) != RegularFile;

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
    private const uint WantsType = 1;
    private const uint WantsInode = 0x100;
    private const int FileType = 0xF000;
    private const int RegularFile = 0x8000;

    private static FileIdentity? Ask(int folder, byte[] path, int flags)
    {
        if (Status(folder, path, flags, WantsInode) is not { } answer)
            return null;
        var device = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(136)) << 32
            | BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(140));
        return new FileIdentity(device, BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(32)));
    }

    // struct statx has the same layout on every processor: mode at 28, inode at 32, device at 136 and 140.
    private static byte[]? Status(int folder, byte[] path, int flags, uint wanted)
    {
        var answer = new byte[256];
        return OperatingSystem.IsLinux() && Status(folder, path, flags, wanted, answer) == 0 ? answer : null;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint wanted, byte[] answer);
}
