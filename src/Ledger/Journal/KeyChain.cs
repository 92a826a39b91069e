using System.Globalization;
using System.Text;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>The keys that sign a ledger, one after the other; each names the next.</summary>
internal static class KeyChain
{
    /// <summary>
    /// What the old key signs: it names the ledger, its first entries and the new key, so that it fits nowhere else.
    /// </summary>
    public static byte[] Statement(string origin, long entries, string root, string key) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"whosaw/key-change/v1\n{origin}\n{entries}\n{root}\n{key}\n"));

    /// <summary>True when one of the keys is this one, whatever ledger its name says.</summary>
    public static bool Has(IEnumerable<string> keys, string trusted) =>
        VerifierKey.Parse(trusted) is { } wanted && keys.Any(key =>
            VerifierKey.Parse(key) is { } known && known.PublicKey.SequenceEqual(wanted.PublicKey));

    /// <summary>What is wrong with a change of keys as half a sentence; null when the old key stands by it.</summary>
    public static string? FaultOf(KeyChanged change, long number, string oldKey)
    {
        if (VerifierKey.Parse(oldKey) is not { } old || VerifierKey.Parse(change.Key) is not { } next)
            return "names a key that does not read as one";
        if (next.Name != old.Name || next.Kind != NoteKeyKind.Ed25519)
            return "names a key of another ledger";
        var statement = Statement(old.Name, number, change.Root, change.Key);
        return Base64Text.Read(change.Signature) is { } signature
            && Ed25519.Verify(old.PublicKey, statement, signature)
            ? null
            : "names a new key that the old key did not sign";
    }
}
