using WhoSaw.Ledger;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Numbers of pairs by the numbers that their texts have in one row group. One thread.</summary>
internal sealed class PairMemo(ShownPairs pairs)
{
    private const int Slots = 1 << 8;
    private readonly long[] _keys = new long[Slots];
    private readonly int[] _numbers = new int[Slots];
    private byte[] _places = [];

    /// <summary>The pair of each row whose class is odd; the others get any.</summary>
    public void Fill(TextVector operations, TextVector fields, ReadOnlySpan<byte> classes, Span<int> into)
    {
        into = into[..classes.Length];
        if (operations.Narrow.IsEmpty || fields.Narrow.IsEmpty || operations.Count * fields.Count >= Slots)
            FillByKey(operations, fields, classes, into);
        else
            FillByPlace(operations, fields, classes, into);
    }

    // So few texts that each pair of them has a place, and one is left for the rows that show nothing.
    private void FillByPlace(TextVector operations, TextVector fields, ReadOnlySpan<byte> classes, Span<int> into)
    {
        if (_places.Length < into.Length)
            _places = new byte[into.Length];
        var places = _places.AsSpan(0, into.Length);
        var named = operations.Narrow;
        var shown = fields.Narrow;
        var width = fields.Count;
        for (var row = 0; row < places.Length; row++)
            places[row] = (byte)((named[row] * width + shown[row]) | ((classes[row] & 1) - 1));
        // only what was shown may get a number
        for (var place = 0; place < operations.Count * width; place++)
            if (places.Contains((byte)place))
                _numbers[place] = pairs.NumberOf(operations.Text(place / width)!, fields.Text(place % width)!);
        for (var row = 0; row < places.Length; row++)
            into[row] = _numbers[places[row]];
    }

    private void FillByKey(TextVector operations, TextVector fields, ReadOnlySpan<byte> classes, Span<int> into)
    {
        Array.Fill(_keys, -1);
        for (var row = 0; row < into.Length; row++)
        {
            var (operation, field) = (operations[row], fields[row]);
            var key = ((long)operation << 32) | (uint)field;
            var slot = (operation * 31 + field) & (Slots - 1);
            if (_keys[slot] != key && (classes[row] & 1) != 0)
            {
                _keys[slot] = key;
                _numbers[slot] = pairs.NumberOf(operations.Text(operation)!, fields.Text(field)!);
            }
            into[row] = _numbers[slot];
        }
    }
}
