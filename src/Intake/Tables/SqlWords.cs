using System.Text;

namespace WhoSaw.Intake.Tables;

internal enum SqlWord : byte
{
    /// <summary>A name or keyword; with its schema where it is written with points.</summary>
    Name,
    Number,

    /// <summary>A text; without its quotes.</summary>
    Text,

    /// <summary><c>$1</c>, with its number; <c>?</c>, with its place among them.</summary>
    Parameter,
    Sign,
}

/// <summary>
/// The words of a statement, comments passed over. No parser: enough to see which column is held against which value.
/// Any bytes are a statement.
/// </summary>
internal ref struct SqlWords(ReadOnlySpan<byte> statement)
{
    private readonly ReadOnlySpan<byte> _statement = statement;
    private int _at;
    private int _marks;

    public SqlWord Kind { get; private set; }
    public int Start { get; private set; }
    public int Length { get; private set; }

    /// <summary>Which parameter, from 1.</summary>
    public int Number { get; private set; }

    public readonly ReadOnlySpan<byte> Text => _statement.Slice(Start, Length);

    public readonly bool Is(ReadOnlySpan<byte> lowerCase) =>
        Kind == SqlWord.Name && Ascii.EqualsIgnoreCase(Text, lowerCase);

    public readonly bool IsSign(char sign) => Kind == SqlWord.Sign && _statement[Start] == sign;

    public bool MoveNext()
    {
        SkipSpace();
        if (_at >= _statement.Length)
            return false;
        Start = _at;
        var first = _statement[_at];
        if (IsNameStart(first))
            Take(SqlWord.Name, IsNamePart);
        else if (first is >= (byte)'0' and <= (byte)'9')
            Take(SqlWord.Number, c => c is >= (byte)'0' and <= (byte)'9' or (byte)'.');
        else if (first is (byte)'\'' or (byte)'"' or (byte)'`')
            Quoted(first);
        else if (first is (byte)'$' or (byte)'?')
            Parameter(first);
        else
        {
            (Kind, Length) = (SqlWord.Sign, 1);
            _at++;
        }
        return true;
    }

    private void Take(SqlWord kind, Func<byte, bool> belongs)
    {
        while (_at < _statement.Length && belongs(_statement[_at]))
            _at++;
        (Kind, Length) = (kind, _at - Start);
    }

    /// <summary>
    /// A doubled quote is one within the text: the text is then longer than it means, and equals nothing.
    /// </summary>
    private void Quoted(byte quote)
    {
        _at++;
        Start = _at;
        while (_at < _statement.Length)
        {
            var end = _statement[_at..].IndexOf(quote);
            _at = end < 0 ? _statement.Length : _at + end;
            if (_at + 1 >= _statement.Length || _statement[_at + 1] != quote)
                break;
            _at += 2;
        }
        (Kind, Length) = (quote == '\'' ? SqlWord.Text : SqlWord.Name, Math.Min(_at, _statement.Length) - Start);
        _at = Math.Min(_at + 1, _statement.Length);
    }

    private void Parameter(byte mark)
    {
        _at++;
        var number = 0;
        while (mark == '$' && _at < _statement.Length && number < 10_000
            && _statement[_at] is >= (byte)'0' and <= (byte)'9')
            number = number * 10 + (_statement[_at++] - '0');
        Number = mark == '?' ? ++_marks : number;
        (Kind, Length) = (Number > 0 ? SqlWord.Parameter : SqlWord.Sign, _at - Start);
    }

    private void SkipSpace()
    {
        while (_at < _statement.Length)
        {
            var rest = _statement[_at..];
            if (rest[0] <= ' ')
                _at++;
            else if (rest.StartsWith("--"u8))
                _at = rest.IndexOf((byte)'\n') is >= 0 and var line ? _at + line : _statement.Length;
            else if (rest.StartsWith("/*"u8))
                _at = rest.IndexOf("*/"u8) is >= 0 and var end ? _at + end + 2 : _statement.Length;
            else
                return;
        }
    }

    private static bool IsNameStart(byte c) =>
        c is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_' or >= 0x80;

    private static bool IsNamePart(byte c) =>
        IsNameStart(c) || c is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'$';
}
