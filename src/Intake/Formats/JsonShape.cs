namespace WhoSaw.Intake.Formats;

/// <summary>
/// The keys that lines had so far, and which came behind which: lines of one log mostly have the same keys in the same
/// order, and then one comparison takes the place of the search for a key. What is read never depends on it.
/// </summary>
internal sealed class JsonShape
{
    private const int Places = 128;
    private const int Longest = 64;

    // A place is given once, so that a log whose keys are always new costs nothing more than the search.
    private readonly Key?[] _known = new Key?[Places];
    private readonly Key _start = new([], null!, null);
    private Key? _last;

    /// <summary>A key of an object as the lines write it, from its quote to its colon.</summary>
    private sealed class Key(byte[] text, JsonPaths node, JsonPaths? child)
    {
        public readonly byte[] Text = text;
        public readonly JsonPaths Node = node;
        public readonly JsonPaths? Child = child;

        // What came behind it last, and before that.
        public Key? Next;
        public Key? Other;

        public bool Begins(ReadOnlySpan<byte> rest, JsonPaths node) => Node == node && rest.StartsWith(Text);
    }

    /// <summary>A line begins.</summary>
    public void Begin() => _last = _start;

    /// <summary>
    /// Passes over a key and its colon where that is the expected one; <paramref name="child"/> is what
    /// <see cref="JsonPaths.Find"/> says of it.
    /// </summary>
    public bool TryPass(ReadOnlySpan<byte> line, ref int at, JsonPaths node, out JsonPaths? child)
    {
        child = null;
        if (_last is not { Next: { } key } last)
            return false;
        var rest = line[at..];
        if (!key.Begins(rest, node))
        {
            if (last.Other is not { } other || !other.Begins(rest, node))
                return false;
            key = other;
        }
        at += key.Text.Length;
        child = key.Child;
        _last = key;
        return true;
    }

    /// <summary>A key that was not expected, from its quote to its colon: it will be here next time.</summary>
    public void Learn(ReadOnlySpan<byte> text, JsonPaths node, JsonPaths? child)
    {
        var before = _last;
        _last = null;
        if (text.Length is < 3 or > Longest || text[^2] != '"')
            return;
        ref var place = ref _known[(text.Length * 37 + text[1] * 5 + text[^3]) & (Places - 1)];
        place ??= new Key(text.ToArray(), node, child);
        if (place.Text.Length != text.Length || !place.Begins(text, node))
            return;
        _last = place;
        if (before is not null && before.Next != place)
            (before.Next, before.Other) = (place, before.Next);
    }
}
