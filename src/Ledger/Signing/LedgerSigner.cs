namespace WhoSaw.Ledger;

/// <summary>
/// Signs the heads of a ledger with Ed25519. Throws <see cref="LedgerException"/> when it cannot: then nothing counts
/// as committed.
/// </summary>
public interface ILedgerSigner
{
    /// <summary>32 bytes.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>64 bytes over the message.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
