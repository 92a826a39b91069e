using System.Runtime.InteropServices;

namespace WhoSaw.Ledger;

/// <summary>The durable steps, one method each, so that tests can make each of them fail.</summary>
internal class FileSystem
{
    public static readonly FileSystem Real = new();

    public virtual Stream Create(string path) =>
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);

    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    public virtual void Sync(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: false);

    /// <summary>Makes the names in a folder durable. Windows keeps them in its own journal.</summary>
    public virtual void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Unix.Open([.. System.Text.Encoding.UTF8.GetBytes(path), 0], 0);
        if (descriptor < 0)
            throw new IOException($"cannot open the folder {path}", Marshal.GetLastPInvokeError());
        var failed = Unix.Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Unix.Close(descriptor);
        if (failed)
            throw new IOException($"cannot flush the folder {path}", error);
    }

    /// <summary>Puts a file in the place of another, at once.</summary>
    public virtual void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    private static class Unix
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Sync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
