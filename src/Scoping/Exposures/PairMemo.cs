using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Exposures;

/// <summary>Numbers of pairs by the numbers of their texts. One thread.</summary>
internal sealed class PairMemo(ShownPairs pairs)
{
    private const int Slots = 1 << 8;
    private readonly long[] _keys = new long[Slots];
    private readonly int[] _numbers = new int[Slots];
    private (int Operations, int Fields) _generations = (-1, -1);

    /// <summary>The pair of each row whose class is odd; the others get any.</summary>
    public void Fill(TextVector operations, TextVector fields, ReadOnlySpan<byte> classes, Span<int> into)
    {
        if (_generations != (operations.Texts.Generation, fields.Texts.Generation))
            Array.Fill(_keys, -1);
        _generations = (operations.Texts.Generation, fields.Texts.Generation);
        var named = operations.Numbers.AsSpan(0, classes.Length);
        var shown = fields.Numbers.AsSpan(0, classes.Length);
        into = into[..classes.Length];
        for (var row = 0; row < classes.Length; row++)
        {
            var key = ((long)named[row] << 32) | (uint)shown[row];
            var slot = (named[row] * 31 + shown[row]) & (Slots - 1);
            // only what was shown may get a number
            if (_keys[slot] != key && (classes[row] & 1) != 0)
            {
                _keys[slot] = key;
                _numbers[slot] = pairs.NumberOf(operations.Texts.Text(named[row]), fields.Texts.Text(shown[row]));
            }
            into[row] = _numbers[slot];
        }
    }
}
