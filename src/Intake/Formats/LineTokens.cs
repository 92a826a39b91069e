namespace WhoSaw.Intake.Formats;

/// <summary>
/// A line cut at one separator, quotes and (where wanted) brackets kept together. Reused from line to line.
/// </summary>
internal sealed class LineTokens
{
    private const int Most = 160;
    private readonly int[] _start = new int[Most];
    private readonly int[] _length = new int[Most];
    private readonly byte[] _kind = new byte[Most];

    public int Count { get; private set; }

    /// <summary>
    /// Cuts at spaces; a token that begins with a quote ends at the first unescaped quote before a space or the end
    /// (the last quote of the line if none is). What is beyond 160 tokens is not seen.
    /// </summary>
    public void Split(ReadOnlySpan<byte> line, int at)
    {
        Count = 0;
        while (Count < Most)
        {
            while (at < line.Length && line[at] == ' ')
                at++;
            if (at >= line.Length)
                return;
            if (line[at] == '"' && TryQuoted(line, ref at))
                continue;
            var length = line[at..].IndexOf((byte)' ');
            if (length < 0)
                length = line.Length - at;
            Add(at, length, 0);
            at += length;
        }
    }

    /// <summary>Cuts at every single separator; a token between quotes loses them.</summary>
    public void SplitExactly(ReadOnlySpan<byte> line, byte separator)
    {
        Count = 0;
        for (var at = 0; at <= line.Length && Count < Most;)
        {
            var start = at;
            if (at < line.Length && line[at] == '"' && separator == ' ' && TryQuoted(line, ref at))
            {
                at++;
                continue;
            }
            var length = line[start..].IndexOf(separator);
            if (length < 0)
                length = line.Length - start;
            Add(start, length, 0);
            at = start + length + 1;
        }
    }

    public int Start(int token) => _start[token];

    public int Length(int token) => _length[token];

    public bool IsQuoted(int token) => _kind[token] > 0;

    public bool Escaped(int token) => _kind[token] > 1;

    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, int token) =>
        token < Count ? line.Slice(_start[token], _length[token]) : default;

    /// <summary>Sets a field from a token; <c>-</c> and nothing leave it absent.</summary>
    public void Set(LineFields fields, LineField field, ReadOnlySpan<byte> line, int token)
    {
        if (token < Count)
            QuotedText.Set(fields, field, line, _start[token], _length[token], Escaped(token));
    }

    private bool TryQuoted(ReadOnlySpan<byte> line, ref int at)
    {
        var escaped = false;
        var from = at + 1;
        var quote = at;
        for (var attempt = 0; attempt < QuotedText.Attempts; attempt++)
        {
            quote = QuotedText.NextQuote(line, quote + 1, ref escaped);
            if (quote < 0)
                return false;
            if (quote + 1 != line.Length && line[quote + 1] is not ((byte)' ' or (byte)'\t'))
                continue;
            Add(from, quote - from, escaped ? (byte)2 : (byte)1);
            at = quote + 1;
            return true;
        }
        return false;
    }

    private void Add(int start, int length, byte kind)
    {
        _start[Count] = start;
        _length[Count] = length;
        _kind[Count] = kind;
        Count++;
    }
}
