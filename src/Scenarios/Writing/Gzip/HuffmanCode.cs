namespace WhoSaw.Scenarios.Writing.Gzip;

/// <summary>A canonical prefix code of limited length (RFC 1951, section 3.2.2) for counted symbols.</summary>
internal sealed class HuffmanCode(int symbols, int longest)
{
    private readonly long[] _weights = new long[2 * symbols];
    private readonly int[] _parents = new int[2 * symbols];
    private readonly long[] _sorted = new long[symbols];

    /// <summary>Bits of each symbol's code; 0: the symbol is not used.</summary>
    public byte[] Lengths { get; } = new byte[symbols];

    /// <summary>The codes, reversed as deflate writes them, with their lengths from bit 16 on.</summary>
    public uint[] Codes { get; } = new uint[symbols];

    public void Build(ReadOnlySpan<int> counts)
    {
        Array.Clear(Lengths);
        var used = 0;
        for (var symbol = 0; symbol < symbols; symbol++)
            if (counts[symbol] > 0)
                _sorted[used++] = (long)counts[symbol] << 16 | (uint)symbol;
        if (used < 2)
        {
            // a code of one symbol has one bit; readers want two codes
            Lengths[used == 0 ? 0 : (int)(_sorted[0] & 0xFFFF)] = 1;
            Lengths[used == 1 && (_sorted[0] & 0xFFFF) == 0 ? 1 : used == 0 ? 1 : 0] = 1;
        }
        else
        {
            Array.Sort(_sorted, 0, used);
            Merge(used);
            Limit(used);
        }
        AssignCodes();
    }

    /// <summary>Two queues: the sorted leaves and the joined nodes, which come out sorted by themselves.</summary>
    private void Merge(int used)
    {
        for (var i = 0; i < used; i++)
            _weights[i] = _sorted[i] >> 16;
        var (leaf, node, next) = (0, used, used);
        for (; next < 2 * used - 1; next++)
        {
            long weight = 0;
            for (var side = 0; side < 2; side++)
            {
                var takesLeaf = leaf < used && (node >= next || _weights[leaf] <= _weights[node]);
                var taken = takesLeaf ? leaf++ : node++;
                weight += _weights[taken];
                _parents[taken] = next;
            }
            _weights[next] = weight;
        }
        // depths from the root down
        _weights[2 * used - 2] = 0;
        for (var i = 2 * used - 3; i >= 0; i--)
            _weights[i] = _weights[_parents[i]] + 1;
    }

    /// <summary>Codes that are too long are cut, and shorter ones made longer until all fit again (Kraft).</summary>
    private void Limit(int used)
    {
        long space = 0;
        for (var i = 0; i < used; i++)
        {
            _weights[i] = Math.Min(_weights[i], longest);
            space += 1L << (int)(longest - _weights[i]);
        }
        // the rarest symbols come first
        for (var i = 0; space > 1L << longest; i = (i + 1) % used)
            if (_weights[i] < longest)
            {
                _weights[i]++;
                space -= 1L << (int)(longest - _weights[i]);
            }
        for (var i = used - 1; i >= 0; i--)
            while (_weights[i] > 1 && space + (1L << (int)(longest - _weights[i])) <= 1L << longest)
            {
                space += 1L << (int)(longest - _weights[i]);
                _weights[i]--;
            }
        for (var i = 0; i < used; i++)
            Lengths[_sorted[i] & 0xFFFF] = (byte)_weights[i];
    }

    private void AssignCodes()
    {
        Span<int> next = stackalloc int[17];
        foreach (var length in Lengths)
            next[length + 1] += length == 0 ? 0 : 1;
        for (var bits = 1; bits <= 16; bits++)
            next[bits] = bits == 1 ? 0 : next[bits - 1] + next[bits] << 1;
        for (var symbol = 0; symbol < symbols; symbol++)
            if (Lengths[symbol] is var length and > 0)
                Codes[symbol] = Reverse(next[length]++, length) | (uint)length << 16;
    }

    private static ushort Reverse(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, code >>= 1)
            reversed = reversed << 1 | code & 1;
        return (ushort)reversed;
    }
}
