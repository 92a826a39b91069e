using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace WhoSaw.Ledger;

/// <summary>
/// Parquet's hybrid of runs and packed bits, of levels and of dictionary numbers. Throws
/// <see cref="InvalidDataException"/> where it ends before its values do.
/// </summary>
internal static class BitRuns
{
    private const ulong Ones = 0x0101010101010101;

    /// <summary>As many numbers as <paramref name="into"/> has room for.</summary>
    /// <param name="width">Bits of a number, 8 at most.</param>
    public static void Read(ReadOnlySpan<byte> bytes, int width, Span<byte> into)
    {
        for (var at = 0; into.Length > 0;)
        {
            var isRun = Next(bytes, ref at, width, into.Length, out var count, out var value);
            if (isRun)
                into[..count].Fill((byte)value);
            else
                Unpack(Take(bytes, ref at, width, count), width, into[..count]);
            into = into[count..];
        }
    }

    /// <summary>As many numbers as <paramref name="into"/> has room for.</summary>
    /// <param name="width">Bits of a number, 32 at most.</param>
    public static void Read(ReadOnlySpan<byte> bytes, int width, Span<int> into)
    {
        for (var at = 0; into.Length > 0;)
        {
            var isRun = Next(bytes, ref at, width, into.Length, out var count, out var value);
            if (isRun)
                into[..count].Fill((int)value);
            else
                Unpack(Take(bytes, ref at, width, count), width, into[..count]);
            into = into[count..];
        }
    }

    /// <summary>A word of packed bits, with zeros behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ReadOnlySpan<byte> bytes, int at) => at <= bytes.Length - 8
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..])
        : LastWord(bytes, at);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LastWord(ReadOnlySpan<byte> bytes, int at)
    {
        var word = 0UL;
        for (var i = Math.Min(8, bytes.Length - at) - 1; i >= 0; i--)
            word = (word << 8) | bytes[at + i];
        return word;
    }

    /// <summary>The head of a run; its number of values is cut to those that are wanted.</summary>
    private static bool Next(
        ReadOnlySpan<byte> bytes, ref int at, int width, int wanted, out int count, out uint value)
    {
        var head = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            if (at >= bytes.Length || shift > 28)
                throw Corrupt();
            var part = bytes[at++];
            head |= (ulong)(part & 127) << shift;
            if (part < 128)
                break;
        }
        var isRun = (head & 1) == 0;
        count = (int)Math.Min((head >> 1) * (isRun ? 1UL : 8UL), (ulong)wanted);
        value = 0;
        if (!isRun)
            return false;
        for (var i = 0; i < (width + 7) / 8; i++)
            value |= at < bytes.Length ? (uint)bytes[at++] << (8 * i) : throw Corrupt();
        return (ulong)value >> width == 0 ? true : throw Corrupt();
    }

    /// <summary>
    /// The packed bits of so many values, and whatever comes behind them: a word may be read beyond their end.
    /// </summary>
    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, int width, int count)
    {
        var needed = ((long)count * width + 7) / 8;
        if (needed > bytes.Length - at)
            throw Corrupt();
        var packed = bytes[at..];
        // what was cut stands at the end, and nothing comes behind it
        at += (int)needed;
        return packed;
    }

    private static void Unpack(ReadOnlySpan<byte> packed, int width, Span<byte> into)
    {
        var mask = ((1UL << width) - 1) * Ones;
        for (var at = 0; into.Length > 0; at += width)
        {
            var word = Word(packed, at);
            var eight = Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(word, mask) : Deposit(word, width);
            if (into.Length < 8)
            {
                for (var i = 0; i < into.Length; i++)
                    into[i] = (byte)(eight >> (8 * i));
                return;
            }
            BinaryPrimitives.WriteUInt64LittleEndian(into, eight);
            into = into[8..];
        }
    }

    private static ulong Deposit(ulong word, int width)
    {
        var eight = 0UL;
        for (var i = 0; i < 8; i++)
            eight |= ((word >> (i * width)) & ((1UL << width) - 1)) << (8 * i);
        return eight;
    }

    private static void Unpack(ReadOnlySpan<byte> packed, int width, Span<int> into)
    {
        var mask = (1UL << width) - 1;
        var bit = 0L;
        for (var i = 0; i < into.Length; i++, bit += width)
            into[i] = (int)((Word(packed, (int)(bit >> 3)) >> (int)(bit & 7)) & mask);
    }

    private static InvalidDataException Corrupt() => new("a page of a segment ends before its values do");
}
