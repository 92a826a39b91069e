namespace WhoSaw.Ledger;

/// <summary>
/// The ledger cannot be read or written; the message is one sentence for people, without personal data.
/// </summary>
public sealed class LedgerException : Exception
{
    private const int UnixNoSpace = 28;
    private const int UnixQuota = 122;
    private const int UnixReadOnly = 30;
    private const int WindowsDiskFull = 0x70;

    public LedgerException(string message)
        : base(message)
    {
    }

    public LedgerException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>True for what the file system itself reports; everything else is a programmer's error.</summary>
    internal static bool IsStorage(Exception exception) => exception is IOException or UnauthorizedAccessException;

    internal static LedgerException From(Exception exception, string path) => exception switch
    {
        LedgerException known => known,
        UnauthorizedAccessException => new($"The ledger may not be written: no permission for {path}.", exception),
        _ => (exception.HResult & 0xFFFF) switch
        {
            UnixNoSpace or WindowsDiskFull => new($"The disk is full: {path} could not be written.", exception),
            UnixQuota => new($"The disk quota is used up: {path} could not be written.", exception),
            UnixReadOnly => new($"The file system is read-only: {path} could not be written.", exception),
            _ => new($"The ledger's storage failed at {path}: {exception.Message}", exception),
        },
    };
}
