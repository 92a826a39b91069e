using WhoSaw.Merkle;
using WhoSaw.Records;

namespace WhoSaw.Ledger;

/// <summary>Gives a ledger another key.</summary>
public static class KeyRotation
{
    /// <summary>
    /// The old key signs an entry that names the new one; the head is signed with the new one from then on, and the old
    /// one can sign no more. Gives the new public key as text. Throws <see cref="LedgerException"/> when one of the
    /// two keys does not sign.
    /// </summary>
    /// <param name="options">With the signer of the key until here.</param>
    public static string Run(
        string directory, LedgerOptions options, ILedgerSigner next, string reason, string by, EventTime now)
    {
        var old = options.SignerFor(isNew: false);
        using var turn = LedgerLock.TakeJournal(directory, options.Patience);
        var journal = Journal.Load(directory);
        var key = new VerifierKey(journal.Origin, NoteKeyKind.Ed25519, next.PublicKey.Span).ToString();
        if (KeyChain.Has(journal.State.Keys, key))
            throw new LedgerException("This key has signed the ledger before: a change takes a new one.");
        var root = journal.Root;
        var signature = old.Sign(KeyChain.Statement(journal.Origin, journal.Size, root, key));
        var change = new KeyChanged(key, root, Convert.ToBase64String(signature), reason, by) { Time = now };
        if (KeyChain.FaultOf(change, journal.Size, journal.State.Key) is not null)
            throw new LedgerException(
                $"The ledger {journal.Origin} is signed with another key than the old one given.");
        journal.Append(FileSystem.Real, next, [change], out _);
        return key;
    }
}
