using System.Buffers.Binary;
using System.Numerics;

namespace WhoSaw.Detection.Breadth;

/// <summary>
/// Sorted numbers as the gaps between them in a Rice code (Rice 1979): a quotient in unary, then k bits. For numbers
/// spread evenly that is within a twentieth of a bit of what they tell at all. Every 128th number begins a block, so
/// that a search reads one block.
/// </summary>
internal sealed class RiceBlocks
{
    private const int InBlock = 128;
    private const int Behind = 8;

    // A quotient so large is written as so many zeros, and the gap itself behind them.
    private const int Escape = 40;

    private readonly byte[] _bits;
    private readonly uint[] _firsts;
    private readonly int[] _starts;
    private readonly int _width;

    public static readonly RiceBlocks Empty = new([]);

    /// <param name="sorted">Ascending, each once.</param>
    public RiceBlocks(ReadOnlySpan<uint> sorted)
    {
        Count = sorted.Length;
        var blocks = (sorted.Length + InBlock - 1) / InBlock;
        (_firsts, _starts) = (new uint[blocks], new int[blocks]);
        // The best k for gaps of geometric sizes is the logarithm of their mean times ln 2.
        var mean = sorted.Length < 2 ? 1 : (sorted[^1] - sorted[0]) / (double)(sorted.Length - 1);
        _width = mean * 0.69 <= 1 ? 0 : Math.Min(31, BitOperations.Log2((uint)(mean * 0.69)) + 1);
        var length = Length(sorted, _width);
        for (; _width > 0 && Length(sorted, _width - 1) is var shorter && shorter < length; length = shorter)
            _width--;
        _bits = new byte[(length + 7) / 8 + Behind];
        Encode(sorted);
    }

    public int Count { get; }

    /// <summary>Bytes held, but for the objects themselves.</summary>
    public int Bytes => _bits.Length + 8 * _firsts.Length;

    public bool Contains(uint number)
    {
        var block = Array.BinarySearch(_firsts, number);
        if (block >= 0)
            return true;
        block = ~block - 1;
        if (block < 0)
            return false;
        var (position, value) = ((long)_starts[block], _firsts[block]);
        for (var left = Math.Min(InBlock, Count - block * InBlock) - 1; left > 0 && value < number; left--)
            value += Gap(ref position);
        return value == number;
    }

    public void CopyTo(Span<uint> numbers)
    {
        for (var block = 0; block < _firsts.Length; block++)
        {
            var (position, value) = ((long)_starts[block], _firsts[block]);
            var end = Math.Min(Count, (block + 1) * InBlock);
            numbers[block * InBlock] = value;
            for (var i = block * InBlock + 1; i < end; i++)
                numbers[i] = value += Gap(ref position);
        }
    }

    private uint Gap(ref long position)
    {
        var zeros = BitOperations.TrailingZeroCount(Word(position));
        position += zeros + 1;
        if (zeros == Escape)
        {
            position += 32;
            return (uint)Word(position - 32) + 1;
        }
        var rest = (uint)(Word(position) & ((1UL << _width) - 1));
        position += _width;
        return (((uint)zeros << _width) | rest) + 1;
    }

    // At least 57 bits from that one on.
    private ulong Word(long position) =>
        BinaryPrimitives.ReadUInt64LittleEndian(_bits.AsSpan((int)(position >> 3))) >> (int)(position & 7);

    private static long Length(ReadOnlySpan<uint> sorted, int width)
    {
        long bits = 0;
        for (var i = 0; i < sorted.Length; i++)
            if (i % InBlock != 0)
                bits += (sorted[i] - sorted[i - 1] - 1) >> width is var quotient && quotient < Escape
                    ? quotient + 1 + width
                    : Escape + 1 + 32;
        return bits;
    }

    private void Encode(ReadOnlySpan<uint> sorted)
    {
        long position = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i % InBlock == 0)
            {
                (_firsts[i / InBlock], _starts[i / InBlock]) = (sorted[i], (int)position);
                continue;
            }
            var gap = sorted[i] - sorted[i - 1] - 1;
            var escapes = gap >> _width >= Escape;
            position += escapes ? Escape : gap >> _width;
            Put(position++, 1);
            Put(position, escapes ? gap : gap & ((1UL << _width) - 1));
            position += escapes ? 32 : _width;
        }
    }

    private void Put(long position, ulong bits)
    {
        var at = _bits.AsSpan((int)(position >> 3));
        BinaryPrimitives.WriteUInt64LittleEndian(
            at, BinaryPrimitives.ReadUInt64LittleEndian(at) | bits << (int)(position & 7));
    }
}
