using System.Buffers.Binary;
using System.Numerics;

namespace WhoSaw.Intake.Enrichment;

/// <summary>
/// Turns credentials into 64 bits that tell them apart and do not give them away: SipHash-2-4 (Aumasson and Bernstein,
/// 2012) under a key that stays with the ledger. Immutable; threads share it.
/// </summary>
public sealed class Fingerprint
{
    public const int KeyLength = 16;
    private readonly ulong _key0;
    private readonly ulong _key1;

    /// <param name="key">16 bytes; a secret.</param>
    public Fingerprint(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException("the key of a fingerprint has 16 bytes", nameof(key));
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    /// <summary>The fingerprint of a credential; 0, which stands for none, is never one of them.</summary>
    public ulong Of(ReadOnlySpan<byte> credential)
    {
        var hash = Hash(credential);
        return hash == 0 ? 1 : hash;
    }

    private ulong Hash(ReadOnlySpan<byte> text)
    {
        var v0 = _key0 ^ 0x736f6d6570736575UL;
        var v1 = _key1 ^ 0x646f72616e646f6dUL;
        var v2 = _key0 ^ 0x6c7967656e657261UL;
        var v3 = _key1 ^ 0x7465646279746573UL;
        var last = (ulong)text.Length << 56;
        for (; text.Length >= 8; text = text[8..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(text);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }
        for (var i = 0; i < text.Length; i++)
            last |= (ulong)text[i] << (8 * i);
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
