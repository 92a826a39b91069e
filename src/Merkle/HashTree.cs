using System.Numerics;

namespace WhoSaw.Merkle;

/// <summary>
/// An append-only tree in memory, 64 bytes an entry. Gives the root and the proofs of every size that it has ever had.
/// Not safe for several threads.
/// </summary>
public sealed class HashTree
{
    // _levels[k][i] is the root of the complete subtree over the leaves from i·2^k to (i+1)·2^k - 1.
    private readonly List<List<TreeHash>> _levels = [[]];

    /// <summary>Leaves.</summary>
    public long Size => _levels[0].Count;

    public void Add(TreeHash leaf)
    {
        _levels[0].Add(leaf);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            var below = _levels[level];
            if (_levels.Count == level + 1)
                _levels.Add([]);
            _levels[level + 1].Add(TreeHash.Node(below[^2], below[^1]));
        }
    }

    /// <summary>Forgets the leaves from <paramref name="size"/> on.</summary>
    public void CutTo(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        for (var level = 0; level < _levels.Count; level++)
        {
            var keep = (int)(size >> level);
            _levels[level].RemoveRange(keep, _levels[level].Count - keep);
        }
    }

    /// <summary>The root of a complete subtree: <paramref name="index"/> counts subtrees of that height.</summary>
    public TreeHash Node(int level, long index) => _levels[level][(int)index];

    public TreeHash Root() => Root(Size);

    /// <summary>The root that the tree had at a size.</summary>
    public TreeHash Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? TreeHash.Empty : Range(0, size);
    }

    /// <summary>That the leaf is in the tree of that size (RFC 6962 section 2.1.1).</summary>
    public IReadOnlyList<TreeHash> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        var proof = new List<TreeHash>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                proof.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle));
                start = middle;
            }
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>That the tree of the smaller size is a prefix of the larger one (RFC 6962 section 2.1.2).</summary>
    public IReadOnlyList<TreeHash> Consistency(long smaller, long larger)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smaller);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, larger);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(larger, Size);
        if (smaller == 0 || smaller == larger)
            return [];
        var proof = new List<TreeHash>();
        var (start, end) = (0L, larger);
        while (smaller != end)
        {
            var middle = start + Split(end - start);
            if (smaller <= middle)
            {
                proof.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle));
                start = middle;
            }
        }
        if (start != 0)
            proof.Add(Range(start, end));
        proof.Reverse();
        return proof;
    }

    // The largest power of two below the number.
    private static long Split(long leaves) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(leaves - 1)));

    private TreeHash Range(long start, long end)
    {
        var leaves = end - start;
        if (BitOperations.IsPow2(leaves))
        {
            var level = BitOperations.TrailingZeroCount(leaves);
            return _levels[level][(int)(start >> level)];
        }
        var middle = start + Split(leaves);
        return TreeHash.Node(Range(start, middle), Range(middle, end));
    }
}
