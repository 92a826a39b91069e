using System.Buffers.Binary;
using WhoSaw.Detection.Breadth;
using WhoSaw.Records;

namespace WhoSaw.Detection.Saving;

/// <summary>
/// A 64-bit number for each symbol that is the same in every run, for tables that outlive the numbers of one.
/// </summary>
internal sealed class SymbolKeys(SymbolTable symbols)
{
    private ulong[] _keys = [];

    public ulong Of(Symbol symbol)
    {
        if (symbol.IsNone)
            return 0;
        if (symbol.Index >= _keys.Length)
            Array.Resize(ref _keys, Math.Max(symbol.Index + 1, Math.Max(1024, _keys.Length * 2)));
        ref var key = ref _keys[symbol.Index];
        if (key == 0)
            key = Math.Max(1, Hash(symbols.Bytes(symbol)));
        return key;
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = Mixing.Mix((ulong)text.Length + 1);
        for (; text.Length >= 8; text = text[8..])
            hash = Mixing.Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        ulong tail = 0;
        for (var i = 0; i < text.Length; i++)
            tail |= (ulong)text[i] << (8 * i);
        return Mixing.Mix(hash + tail);
    }
}
