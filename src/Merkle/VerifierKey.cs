using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhoSaw.Merkle;

/// <summary>
/// Says whether a signature is right: given by the caller, because this room knows no cryptography but SHA-256.
/// </summary>
public delegate bool VerifyEd25519(
    ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

/// <summary>What a signature of a note may be.</summary>
public enum NoteKeyKind : byte
{
    /// <summary>Over the note's text.</summary>
    Ed25519 = 1,

    /// <summary>A witness's, over the text and the time at which it saw it.</summary>
    CosignatureV1 = 4,
}

/// <summary>
/// A public key with the name of its holder, <c>name+hash+key</c> (C2SP signed-note). The name has neither blanks nor
/// a plus.
/// </summary>
public sealed record VerifierKey
{
    private const int KeyLength = 32;
    private readonly byte[] _publicKey;

    public VerifierKey(string name, NoteKeyKind kind, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name) || publicKey.Length != KeyLength || !Enum.IsDefined(kind))
            throw new ArgumentException("not a key of a note", nameof(name));
        (Name, Kind, _publicKey) = (name, kind, publicKey.ToArray());
        Id = IdOf(name, kind, publicKey);
    }

    public string Name { get; }
    public NoteKeyKind Kind { get; }
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The number by which a signature line names the key.</summary>
    public uint Id { get; }

    /// <summary>Null for what is not a key of a known kind with the hash that it should have.</summary>
    public static VerifierKey? Parse(string text)
    {
        if (text.Split('+', 3) is not [var name, var hash, var encoded] || !IsName(name))
            return null;
        if (Base64Text.Read(encoded) is not { Length: 1 + KeyLength } bytes || !Enum.IsDefined((NoteKeyKind)bytes[0]))
            return null;
        var key = new VerifierKey(name, (NoteKeyKind)bytes[0], bytes.AsSpan(1));
        return key.Id.ToString("x8", CultureInfo.InvariantCulture) == hash ? key : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Kind, .. _publicKey])}");

    public bool Equals(VerifierKey? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => (int)Id;

    private static bool IsName(string name) =>
        name.Length > 0 && !name.Contains('+', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace);

    private static uint IdOf(string name, NoteKeyKind kind, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)kind, .. publicKey]));
}
