namespace WhoSaw.Ledger;

/// <summary>
/// DELTA_BINARY_PACKED: a first value, then blocks of differences above the block's smallest, packed into as many bits
/// as the largest of a small run needs. Throws <see cref="InvalidDataException"/> for what cannot be.
/// </summary>
internal static class DeltaNumbers
{
    /// <param name="isNarrow">Whether the values are of 32 bits, and their sums wrap there.</param>
    /// <returns>How many bytes it takes.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, Span<long> into, bool isNarrow)
    {
        var at = 0;
        var (block, runs, count) = (Varint(bytes, ref at), Varint(bytes, ref at), Varint(bytes, ref at));
        var last = ZigZag(bytes, ref at);
        if (runs == 0 || block % runs != 0 || block > int.MaxValue || block / runs % 32 != 0 || block == 0)
            throw Corrupt();
        if (count != (ulong)into.Length)
            throw Corrupt();
        if (into.Length == 0)
            return at;
        var all = into;
        into[0] = last;
        into = into[1..];
        var run = (int)(block / runs);
        while (into.Length > 0)
        {
            var least = ZigZag(bytes, ref at);
            if (runs > (ulong)(bytes.Length - at))
                throw Corrupt();
            var widths = bytes.Slice(at, (int)runs);
            at += (int)runs;
            foreach (var width in widths)
            {
                if (into.Length == 0)
                    break;
                var taken = Math.Min(run, into.Length);
                var packed = bytes[at..];
                if (width > 64 || ((long)taken * width + 7) / 8 > packed.Length)
                    throw Corrupt();
                var done = width <= PackedEights.WidestBits && PackedEights.IsSupported
                    ? PackedEights.AddUp(packed, width, least, ref last, into[..taken])
                    : 0;
                packed = packed[(done / 8 * width)..];
                last = width <= 56
                    ? Unpack(packed, width, least, last, into[done..taken])
                    : UnpackWide(packed, width, least, last, into[done..taken]);
                into = into[taken..];
                at += (int)Math.Min((long)run * width / 8, bytes.Length - at);
            }
        }
        if (isNarrow)
            foreach (ref var value in all)
                value = (int)value;
        return at;
    }

    private static long Unpack(ReadOnlySpan<byte> packed, int width, long least, long last, Span<long> into)
    {
        var mask = (1UL << width) - 1;
        var bit = 0L;
        for (var i = 0; i < into.Length; i++, bit += width)
        {
            last += least + (long)((BitRuns.Word(packed, (int)(bit >> 3)) >> (int)(bit & 7)) & mask);
            into[i] = last;
        }
        return last;
    }

    // A number may lie across nine bytes.
    private static long UnpackWide(ReadOnlySpan<byte> packed, int width, long least, long last, Span<long> into)
    {
        var mask = ulong.MaxValue >> (64 - width);
        var bit = 0L;
        for (var i = 0; i < into.Length; i++, bit += width)
        {
            var (at, shift) = ((int)(bit >> 3), (int)(bit & 7));
            var number = BitRuns.Word(packed, at) >> shift;
            if (shift > 0 && at + 8 < packed.Length)
                number |= (ulong)packed[at + 8] << (64 - shift);
            last += least + (long)(number & mask);
            into[i] = last;
        }
        return last;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = at < bytes.Length ? bytes[at++] : throw Corrupt();
            number |= (ulong)(part & 127) << shift;
            if (part < 128)
                return number;
        }
        throw Corrupt();
    }

    private static long ZigZag(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = Varint(bytes, ref at);
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private static InvalidDataException Corrupt() => new("the numbers of a page of a segment do not add up");
}
