using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace WhoSaw.Scenarios.Writing.Gzip;

/// <summary>Bits, the lowest first, as deflate packs them.</summary>
internal sealed class BitWriter(Stream output)
{
    private readonly byte[] _bytes = new byte[1 << 16];
    private int _count;
    private ulong _held;
    private int _heldBits;

    /// <param name="code">Bits, and from bit 16 on how many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddCode(uint code) => Add(code & 0xFFFF, (int)(code >> 16));

    /// <param name="count">At most 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint bits, int count)
    {
        _held |= (ulong)bits << _heldBits;
        _heldBits += count;
        if (_heldBits < 32)
            return;
        Store();
    }

    private void Store()
    {
        if (_count + 4 > _bytes.Length)
            Flush();
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_count), (uint)_held);
        _count += 4;
        _held >>= 32;
        _heldBits -= 32;
    }

    public void Align()
    {
        for (; _heldBits > 0; _heldBits -= 8, _held >>= 8)
            AddByte((byte)_held);
        (_held, _heldBits) = (0, 0);
    }

    /// <summary>Only between <see cref="Align"/> and the next bits.</summary>
    public void AddByte(byte value)
    {
        if (_count == _bytes.Length)
            Flush();
        _bytes[_count++] = value;
    }

    public void Flush()
    {
        output.Write(_bytes, 0, _count);
        _count = 0;
    }
}
