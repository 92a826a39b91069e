using System.Numerics;

namespace WhoSaw.Scenarios.Writing.Gzip;

/// <summary>
/// One block with codes of its own: counts its symbols, then writes codes and symbols (RFC 1951, section 3.2.7).
/// </summary>
internal sealed class DeflateCodes
{
    private const int EndOfBlock = 256;
    private const int IsMatch = 1 << 30;
    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static readonly (ushort Symbol, byte Extra, byte ExtraBits)[] Lengths =
        [.. Enumerable.Range(0, 259).Select(length => length < 3 ? default : LengthSymbol(length))];

    private readonly int[] _literals = new int[286];
    private readonly int[] _distances = new int[30];
    private readonly int[] _lengths = new int[19];
    private readonly HuffmanCode _literalCode = new(286, 15);
    private readonly HuffmanCode _distanceCode = new(30, 15);
    private readonly HuffmanCode _lengthCode = new(19, 7);
    private readonly byte[] _described = new byte[286 + 30];

    public void Clear()
    {
        Array.Clear(_literals);
        Array.Clear(_distances);
        _literals[EndOfBlock] = 1;
    }

    public int CountLiteral(byte value)
    {
        _literals[value]++;
        return value;
    }

    /// <summary>A token of a match of 3 to 258 bytes, 1 to 32,768 back.</summary>
    public int CountMatch(int length, int distance)
    {
        _literals[Lengths[length].Symbol]++;
        _distances[DistanceSymbol(distance, out _, out _)]++;
        return IsMatch | length << 16 | distance - 1;
    }

    public void Write(BitWriter bits, ReadOnlySpan<int> tokens, bool isLast)
    {
        _literalCode.Build(_literals);
        _distanceCode.Build(_distances);
        bits.Add(isLast ? 1u : 0, 1);
        bits.Add(2, 2);
        WriteCodes(bits);
        var (literals, distances) = (_literalCode.Codes, _distanceCode.Codes);
        foreach (var token in tokens)
        {
            if (token < IsMatch)
            {
                bits.AddCode(literals[token]);
                continue;
            }
            var length = Lengths[token >> 16 & 0x1FF];
            bits.AddCode(literals[length.Symbol]);
            bits.Add(length.Extra, length.ExtraBits);
            var symbol = DistanceSymbol((token & 0xFFFF) + 1, out var rest, out var restBits);
            bits.AddCode(distances[symbol]);
            bits.Add((uint)rest, restBits);
        }
        bits.AddCode(literals[EndOfBlock]);
    }

    private void WriteCodes(BitWriter bits)
    {
        _literalCode.Lengths.CopyTo(_described, 0);
        _distanceCode.Lengths.CopyTo(_described, 286);
        Array.Clear(_lengths);
        foreach (var (symbol, _, _) in Runs())
            _lengths[symbol]++;
        _lengthCode.Build(_lengths);
        var used = Order.Length;
        while (used > 4 && _lengthCode.Lengths[Order[used - 1]] == 0)
            used--;
        bits.Add(286 - 257, 5);
        bits.Add(30 - 1, 5);
        bits.Add((uint)used - 4, 4);
        for (var i = 0; i < used; i++)
            bits.Add(_lengthCode.Lengths[Order[i]], 3);
        foreach (var (symbol, rest, restBits) in Runs())
        {
            bits.AddCode(_lengthCode.Codes[symbol]);
            bits.Add((uint)rest, restBits);
        }
    }

    /// <summary>The lengths of both codes, with runs of zeros shortened.</summary>
    private IEnumerable<(int Symbol, int Extra, int ExtraBits)> Runs()
    {
        for (var i = 0; i < _described.Length;)
        {
            var run = 0;
            while (i + run < _described.Length && _described[i + run] == 0 && run < 138)
                run++;
            if (run < 3)
            {
                yield return (_described[i++], 0, 0);
                continue;
            }
            yield return run < 11 ? (17, run - 3, 3) : (18, run - 11, 7);
            i += run;
        }
    }

    private static (ushort, byte, byte) LengthSymbol(int length)
    {
        var over = length - 3;
        if (length == 258)
            return (285, 0, 0);
        if (over < 8)
            return ((ushort)(257 + over), 0, 0);
        var bits = BitOperations.Log2((uint)over) - 2;
        return ((ushort)(257 + (bits << 2) + (over >> bits)), (byte)(over & (1 << bits) - 1), (byte)bits);
    }

    private static int DistanceSymbol(int distance, out int rest, out int restBits)
    {
        var over = distance - 1;
        (rest, restBits) = (0, 0);
        if (over < 4)
            return over;
        restBits = BitOperations.Log2((uint)over) - 1;
        rest = over & (1 << restBits) - 1;
        return (restBits << 1) + (over >> restBits);
    }
}
