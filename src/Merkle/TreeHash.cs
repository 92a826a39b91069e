using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WhoSaw.Merkle;

/// <summary>
/// A SHA-256 hash of a tree (RFC 6962 section 2.1): leaves and nodes are hashed with different first bytes, so that no
/// leaf can pass for a node.
/// </summary>
public readonly record struct TreeHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    private const byte LeafMark = 0;
    private const byte NodeMark = 1;
    private const int StackLimit = 1024;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">Exactly 32.</param>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException("a hash has 32 bytes", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The root of a tree without leaves.</summary>
    public static TreeHash Empty { get; } = Digest([]);

    /// <summary>The hash of an entry.</summary>
    public static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < StackLimit ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafMark;
        entry.CopyTo(input[1..]);
        return Digest(input);
    }

    /// <summary>The hash of two subtrees side by side.</summary>
    public static TreeHash Node(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Length];
        input[0] = NodeMark;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return Digest(input);
    }

    /// <summary>Reads standard base64; only the one text that <see cref="ToString"/> would give.</summary>
    public static bool TryParse(string text, out TreeHash hash)
    {
        hash = default;
        if (Base64Text.Read(text) is not { Length: Length } bytes)
            return false;
        hash = new TreeHash(bytes);
        return true;
    }

    public void CopyTo(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, _a);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(into[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(into[24..], _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64, as checkpoints write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    private static TreeHash Digest(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(input, digest);
        return new TreeHash(digest);
    }
}
