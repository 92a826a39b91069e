using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WhoSaw.Ledger;

/// <summary>
/// Differences of packed bits added up, eight at a time: eight of any width are whole bytes. One instruction brings the
/// bytes of each to a place of its own, another shifts each by its own bits.
/// </summary>
internal static class PackedEights
{
    /// <summary>With the up to seven bits before it a number lies in eight bytes.</summary>
    public const int WidestBits = 56;

    // By width: which byte goes where, and by how many bits each of the eight is shifted.
    private static readonly byte[] s_places = Table<byte>(64, (width, i) => (byte)(i / 8 * width / 8 + i % 8));
    private static readonly ulong[] s_shifts = Table<ulong>(8, (width, i) => (ulong)(i * width % 8));

    public static bool IsSupported => Avx512Vbmi.IsSupported;

    /// <summary>Takes as many eights as there are with 64 bytes to read at.</summary>
    /// <param name="last">The number before the first; the last that was taken.</param>
    /// <returns>How many numbers were taken.</returns>
    public static int AddUp(ReadOnlySpan<byte> packed, int width, long least, ref long last, Span<long> into)
    {
        var places = Vector512.Create<byte>(s_places.AsSpan(width * 64, 64));
        var shifts = Vector512.Create<ulong>(s_shifts.AsSpan(width * 8, 8));
        var mask = Vector512.Create((1UL << width) - 1);
        var above = Vector512.Create(least);
        var before = Vector512.Create(last);
        var eights = MemoryMarshal.Cast<long, Vector512<long>>(into);
        var done = 0;
        for (; done < eights.Length && packed.Length >= 64; done++, packed = packed[width..])
        {
            var spread = Avx512Vbmi.PermuteVar64x8(Vector512.Create<byte>(packed), places).AsUInt64();
            var sums = (Avx512F.ShiftRightLogicalVariable(spread, shifts) & mask).AsInt64() + above;
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 7);
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 6);
            sums += Avx512F.AlignRight64(sums, Vector512<long>.Zero, 4);
            sums += before;
            eights[done] = sums;
            before = Vector512.Create(sums[7]);
        }
        last = before[0];
        return done * 8;
    }

    private static T[] Table<T>(int length, Func<int, int, T> value) =>
        [.. Enumerable.Range(0, (WidestBits + 1) * length).Select(i => value(i / length, i % length))];
}
