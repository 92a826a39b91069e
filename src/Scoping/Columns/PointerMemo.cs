using System.Runtime.InteropServices;
using ParquetSharp;

namespace WhoSaw.Scoping.Columns;

/// <summary>
/// Texts to numbers, without looking at the texts of a dictionary page again and again: within one batch the same
/// place in memory is the same text.
/// </summary>
internal sealed class PointerMemo
{
    private const int Slots = 1 << 12;
    private readonly ByteArray[] _seen = new ByteArray[Slots];
    private readonly int[] _numbers = new int[Slots];
    private readonly int[] _batches = new int[Slots];
    private byte[] _copy = new byte[256];
    private int _batch;

    public void Fill(ReadOnlySpan<ByteArray> values, Span<int> into, TextTable texts)
    {
        _batch++;
        var (lastPlace, lastLength, lastNumber) = (IntPtr.Zero, -1, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value.Pointer == lastPlace && value.Length == lastLength)
            {
                into[i] = lastNumber;
                continue;
            }
            var slot = (int)((ulong)value.Pointer * 0x9E3779B97F4A7C15 >> 52);
            if (_batches[slot] != _batch || _seen[slot].Pointer != value.Pointer || _seen[slot].Length != value.Length)
            {
                (_batches[slot], _seen[slot]) = (_batch, value);
                _numbers[slot] = texts.NumberOf(Copy(value));
            }
            (lastPlace, lastLength, lastNumber) = (value.Pointer, value.Length, _numbers[slot]);
            into[i] = lastNumber;
        }
    }

    private ReadOnlySpan<byte> Copy(ByteArray value)
    {
        if (_copy.Length < value.Length)
            _copy = new byte[value.Length * 2];
        if (value.Length > 0)
            Marshal.Copy(value.Pointer, _copy, 0, value.Length);
        return _copy.AsSpan(0, value.Length);
    }
}
