using System.Text;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// Cuts an expression into tokens; what it cannot read becomes an error and a token that stands in for it.
/// </summary>
internal sealed class Lexer(string text, List<PredicateError> errors)
{
    private readonly List<Token> _tokens = [];
    private int _at;

    public IReadOnlyList<Token> Read()
    {
        while (_at < text.Length)
        {
            var start = _at;
            var character = text[_at];
            if (char.IsWhiteSpace(character))
                _at++;
            else if (IsLetter(character))
                Add(TokenKind.Word, Token.Fold(Word()), start);
            else if (char.IsAsciiDigit(character) || (character == '-' && char.IsAsciiDigit(Peek(1))))
                Number(start);
            else if (character == '\'')
                Quoted('\'', TokenKind.Text, start);
            else if (character == '"')
                Quoted('"', TokenKind.Word, start);
            else if (character == '@')
                FileName(start);
            else
                Sign(start);
        }
        Add(TokenKind.End, "", text.Length);
        return _tokens;
    }

    private static bool IsLetter(char character) => char.IsAsciiLetter(character) || character == '_';

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void Add(TokenKind kind, string value, int column) => _tokens.Add(new Token(kind, value, column));

    private string Word()
    {
        var start = _at;
        while (IsLetter(Peek(0)) || char.IsAsciiDigit(Peek(0)) ||
               (Peek(0) == '-' && (IsLetter(Peek(1)) || char.IsAsciiDigit(Peek(1)))))
            _at++;
        return text[start.._at];
    }

    private void Number(int start)
    {
        _at++;
        while (char.IsAsciiDigit(Peek(0)))
            _at++;
        if (!IsLetter(Peek(0)) && Peek(0) != '.')
        {
            Add(TokenKind.Integer, text[start.._at], start);
            return;
        }
        while (Peek(0) is not ('\0' or ')' or ',') && !char.IsWhiteSpace(Peek(0)))
            _at++;
        Fail(start, $"a value that is not a whole number at {start} needs single quotes");
    }

    private void Quoted(char quote, TokenKind kind, int start)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] != quote)
                value.Append(text[_at]);
            else if (Peek(1) == quote)
                value.Append(text[_at++]);
            else
                break;
        }
        if (_at >= text.Length)
        {
            Fail(start, $"the quote that opens at {start} is not closed");
            return;
        }
        _at++;
        if (!IsPlain(value.ToString()))
            Fail(start, $"the text at {start} has a character that no log can hold");
        else
            _tokens.Add(new Token(kind, value.ToString(), start) { IsQuoted = kind == TokenKind.Word });
    }

    private void FileName(int start)
    {
        _at++;
        if (Peek(0) == '\'')
        {
            Quoted('\'', TokenKind.File, start);
            return;
        }
        var from = _at;
        while (Peek(0) is not ('\0' or ')' or '(' or ',' or '\'') && !char.IsWhiteSpace(Peek(0)))
            _at++;
        if (_at == from)
            Fail(start, $"'@' at {start} needs the name of a file");
        else
            Add(TokenKind.File, text[from.._at], start);
    }

    private void Sign(int start)
    {
        var two = text.AsSpan(_at, Math.Min(2, text.Length - _at));
        var length = two is "!=" or "<>" or "<=" or ">=" ? 2 : 1;
        var sign = text.Substring(_at, length);
        _at += length;
        if (sign is "(" or ")" or ",")
            Add(sign == "(" ? TokenKind.Open : sign == ")" ? TokenKind.Close : TokenKind.Comma, sign, start);
        else if (sign is "=" or "<" or ">" || length == 2)
            Add(TokenKind.Operator, sign == "<>" ? "!=" : sign, start);
        else
            Fail(start, $"a character at {start} means nothing here");
    }

    // A token stands in, so that the parser goes on and finds what else is wrong.
    private void Fail(int start, string sentence)
    {
        errors.Add(new PredicateError(start, sentence));
        if (_tokens.Count == 0 || _tokens[^1].Kind != TokenKind.Bad)
            Add(TokenKind.Bad, "", start);
    }

    /// <summary>No NUL, which would cut a parameter short, and no half of a surrogate pair.</summary>
    public static bool IsPlain(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\0' || char.IsLowSurrogate(value[i]))
                return false;
            if (char.IsHighSurrogate(value[i]) && (++i >= value.Length || !char.IsLowSurrogate(value[i])))
                return false;
        }
        return true;
    }
}
