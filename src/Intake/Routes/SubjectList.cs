using WhoSaw.Records;

namespace WhoSaw.Intake.Routes;

/// <summary>
/// The different account ids that one request names, in their order: one for <c>/members/7</c>, three for
/// <c>/members/1,2,3</c>. None where the request names nobody. Valid until the next match with the same scratch.
/// </summary>
public readonly ref struct SubjectList
{
    /// <summary>How many ids of one request are given out; <see cref="Left"/> says how many more it named.</summary>
    public const int Most = 1000;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<(int Start, int Length)> _items;

    internal SubjectList(ReadOnlySpan<byte> text, RouteScratch scratch)
    {
        _text = text;
        if (text.IndexOf((byte)',') < 0)
        {
            _text = Bare(text);
            Count = _text.IsEmpty ? 0 : 1;
            return;
        }
        Array.Clear(scratch.Seen);
        for (var at = 0; at <= text.Length;)
        {
            var comma = text[at..].IndexOf((byte)',');
            var end = comma < 0 ? text.Length : at + comma;
            var (start, length) = BareRange(text, at, end);
            at = end + 1;
            if (length == 0 || !IsNew(text, start, length, scratch))
                continue;
            if (Count == Most)
                Left++;
            else
                scratch.Items[Count++] = (start, length);
        }
        _items = scratch.Items.AsSpan(0, Count);
    }

    public int Count { get; }

    /// <summary>
    /// Ids beyond <see cref="Most"/>, repetitions of those not told apart: to be counted as a fault, not dropped.
    /// </summary>
    public int Left { get; }

    public ReadOnlySpan<byte> this[int index] =>
        _items.IsEmpty ? _text : _text.Slice(_items[index].Start, _items[index].Length);

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly SubjectList _list;
        private int _index = -1;

        internal Enumerator(SubjectList list) => _list = list;

        public readonly ReadOnlySpan<byte> Current => _list[_index];

        public bool MoveNext() => ++_index < _list.Count;
    }

    private bool IsNew(ReadOnlySpan<byte> text, int start, int length, RouteScratch scratch)
    {
        var item = text.Slice(start, length);
        var seen = scratch.Seen;
        var slot = SymbolTable.HashOf(item) & (uint)(seen.Length - 1);
        while (seen[slot] is var index && index != 0)
        {
            var (knownStart, knownLength) = scratch.Items[index - 1];
            if (text.Slice(knownStart, knownLength).SequenceEqual(item))
                return false;
            slot = (slot + 1) & (uint)(seen.Length - 1);
        }
        if (Count < Most)
            seen[slot] = Count + 1;
        return true;
    }

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> text)
    {
        var (start, length) = BareRange(text, 0, text.Length);
        return text.Slice(start, length);
    }

    // without what a JSON array or a careless client puts around an id
    private static (int Start, int Length) BareRange(ReadOnlySpan<byte> text, int start, int end)
    {
        while (start < end && IsWrapping(text[start]))
            start++;
        while (end > start && IsWrapping(text[end - 1]))
            end--;
        return (start, end - start);
    }

    private static bool IsWrapping(byte character) =>
        character is (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'[' or (byte)']';
}
