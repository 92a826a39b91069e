using System.Globalization;

namespace WhoSaw.Ledger;

/// <summary>One writer at a time. The system lets go of the lock when its holder dies, so none is ever stale.</summary>
internal sealed class LedgerLock : IDisposable
{
    // The locked file cannot be read by others, so the holder's number stands in a second one.
    public const string FileName = "lock";
    public const string HolderFileName = "lock-holder";
    public const string JournalFileName = "lock-journal";

    private readonly FileStream _file;
    private readonly string _holder;

    private LedgerLock(FileStream file, string holder)
    {
        _file = file;
        _holder = holder;
    }

    public static LedgerLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var holder = Path.Combine(directory, HolderFileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw LedgerException.From(exception, path);
        }
        catch (IOException exception) when (IsHeld(exception, path))
        {
            throw new LedgerException($"The ledger {directory} is being written by {Holder(holder)}.", exception);
        }
        catch (IOException exception)
        {
            throw LedgerException.From(exception, path);
        }
        try
        {
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            file.Dispose();
            throw LedgerException.From(exception, holder);
        }
        return new LedgerLock(file, holder);
    }

    /// <summary>The lock for one append to the journal, held for moments: waits for whoever has it.</summary>
    public static IDisposable TakeJournal(string directory, TimeSpan patience)
    {
        const int pause = 5;
        var path = Path.Combine(directory, JournalFileName);
        for (var waited = 0; ; waited += pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception, path))
            {
                if (waited >= patience.TotalMilliseconds)
                    throw new LedgerException($"The journal of {directory} is held by another process.", exception);
                Thread.Sleep(pause);
            }
            catch (Exception exception) when (LedgerException.IsStorage(exception))
            {
                throw LedgerException.From(exception, path);
            }
        }
    }

    private static bool IsHeld(IOException exception, string path)
    {
        const int WouldBlock = 11, WindowsSharing = 0x20;
        return File.Exists(path) && (exception.HResult & 0xFFFF) is WouldBlock or WindowsSharing;
    }

    private static string Holder(string path)
    {
        try
        {
            return $"process {File.ReadAllText(path).Trim()}";
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            return "another process";
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_holder);
        }
        catch (Exception exception) when (LedgerException.IsStorage(exception))
        {
            // The number is only for the message of the next one who is refused.
        }
        _file.Dispose();
    }
}
