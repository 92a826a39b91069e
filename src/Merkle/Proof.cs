using System.Numerics;

namespace WhoSaw.Merkle;

/// <summary>
/// Verifies proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2). False for anything that does not prove what it should;
/// never throws.
/// </summary>
public static class Proof
{
    /// <summary>True when the leaf with that number is in the tree with that size and root.</summary>
    public static bool Includes(
        ulong index, ulong size, TreeHash leaf, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (index >= size)
            return false;
        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                hash = TreeHash.Node(sibling, hash);
                Climb(ref place, ref last);
            }
            else
            {
                hash = TreeHash.Node(hash, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    /// <summary>
    /// True when the smaller tree is a prefix of the larger one. A tree without leaves is a prefix of every tree, and
    /// proves nothing: false.
    /// </summary>
    public static bool IsConsistent(
        ulong smaller, ulong larger, TreeHash smallerRoot, TreeHash largerRoot, IReadOnlyList<TreeHash> proof)
    {
        if (smaller == 0 || smaller > larger)
            return false;
        if (smaller == larger)
            return proof.Count == 0 && smallerRoot == largerRoot;
        if (proof.Count == 0)
            return false;
        var (place, last) = (smaller - 1, larger - 1);
        var shift = BitOperations.TrailingZeroCount(~place);
        (place, last) = (place >> shift, last >> shift);
        // A smaller tree that is complete is itself the first node; otherwise the proof begins with it.
        var next = BitOperations.IsPow2(smaller) ? 0 : 1;
        var old = next == 0 ? smallerRoot : proof[0];
        var grown = old;
        for (; next < proof.Count; next++)
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                old = TreeHash.Node(proof[next], old);
                grown = TreeHash.Node(proof[next], grown);
                Climb(ref place, ref last);
            }
            else
            {
                grown = TreeHash.Node(grown, proof[next]);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && old == smallerRoot && grown == largerRoot;
    }

    /// <summary>
    /// The same of hashes as a file gives them; what has not 32 bytes is equal to itself and no more.
    /// </summary>
    public static bool IsConsistent(
        ulong smaller, ulong larger, byte[] smallerRoot, byte[] largerRoot, IReadOnlyList<byte[]> proof)
    {
        if (smaller == larger)
            return smaller > 0 && proof.Count == 0 && smallerRoot.AsSpan().SequenceEqual(largerRoot);
        if (proof.Prepend(largerRoot).Prepend(smallerRoot).Any(hash => hash.Length != TreeHash.Length))
            return false;
        return IsConsistent(smaller, larger, new TreeHash(smallerRoot), new TreeHash(largerRoot),
            [.. proof.Select(hash => new TreeHash(hash))]);
    }

    // A node at the right edge without a sibling rises until it is a right child.
    private static void Climb(ref ulong place, ref ulong last)
    {
        while ((place & 1) == 0 && place != 0)
        {
            place >>= 1;
            last >>= 1;
        }
    }
}
