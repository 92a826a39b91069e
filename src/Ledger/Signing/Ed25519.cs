using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;
using WhoSaw.Merkle;

namespace WhoSaw.Ledger;

/// <summary>The one place that knows which library does Ed25519.</summary>
public static class Ed25519
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    /// <summary>False for anything that is not a right signature; never throws.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(Algorithm, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && signature.Length == Algorithm.SignatureSize && Algorithm.Verify(key!, message, signature);

    /// <summary>A public key as people hand it on: a verifier key of C2SP signed notes.</summary>
    public static string TextOf(ReadOnlySpan<byte> publicKey) => VerifierOf(publicKey).ToString();

    /// <summary>True for the text of a public key.</summary>
    public static bool IsKey(string text) => VerifierKey.Parse(text) is { Kind: NoteKeyKind.Ed25519 };

    /// <summary>The name of the ledgers that a key signs: it comes from the key, and from nothing else.</summary>
    internal static VerifierKey VerifierOf(ReadOnlySpan<byte> publicKey)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));
        return new VerifierKey(
            string.Create(CultureInfo.InvariantCulture, $"whosaw/ledger/{hash}"), NoteKeyKind.Ed25519, publicKey);
    }

    internal static Key Import(ReadOnlySpan<byte> seed) => Key.Import(Algorithm, seed, KeyBlobFormat.RawPrivateKey);

    internal static byte[] PublicOf(Key key) => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    internal static byte[] Sign(Key key, ReadOnlySpan<byte> message) => Algorithm.Sign(key, message);
}
