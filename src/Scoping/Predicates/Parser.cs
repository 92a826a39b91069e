using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// Tokens to a checked expression. An error never ends the reading: the rest of a term is skipped and the next one is
/// read, so that all faults are told at once. <see cref="Expression"/> is meaningful only when no error was added.
/// </summary>
internal sealed class Parser(IReadOnlyList<Token> tokens, List<PredicateError> errors, ReadValueFile readFile)
{
    private readonly ReadValueFile _readFile = readFile;
    private const int DeepestNesting = 200;
    private static readonly Expression Unread = new Constant(false);
    private int _at;
    private int _depth;

    private Token Current => tokens[_at];

    public Expression Read()
    {
        if (Current.Kind == TokenKind.End)
        {
            Fail(Current, "the expression is empty");
            return Unread;
        }
        var whole = Alternatives();
        while (Current.Kind != TokenKind.End)
        {
            FailHere(Current.Kind == TokenKind.Close ? "there is no '(' for the ')'" : "'and' or 'or' is missing");
            if (Current.Kind == TokenKind.Close)
                _at++;
            if (Current.Is("and") || Current.Is("or"))
                _at++;
            if (Current.Kind != TokenKind.End)
                Alternatives();
        }
        return whole;
    }

    private Expression Alternatives()
    {
        var terms = new List<Expression> { Terms() };
        while (Take("or"))
            terms.Add(Terms());
        return Shape.Join(false, terms);
    }

    private Expression Terms()
    {
        var terms = new List<Expression> { Factor() };
        while (Take("and"))
            terms.Add(Factor());
        return Shape.Join(true, terms);
    }

    private Expression Factor()
    {
        if (++_depth > DeepestNesting)
        {
            Fail(Current, $"more than {DeepestNesting} brackets and nots lie in each other");
            _at = tokens.Count - 1;
        }
        var token = Current;
        var result = token switch
        {
            { Kind: TokenKind.Open } => Bracket(),
            { Kind: TokenKind.Word } when token.Is("not") => Not(),
            { Kind: TokenKind.Word } when token.Is("true") || token.Is("false") => Truth(),
            { Kind: TokenKind.Word, IsKeyword: false } => Named(),
            _ => Misplaced(),
        };
        _depth--;
        return result;
    }

    private Expression Bracket()
    {
        var open = Current;
        _at++;
        var inner = Alternatives();
        if (Current.Kind == TokenKind.Close)
            _at++;
        else if (Current.Kind == TokenKind.End)
            Fail(open, "the '(' is not closed", open.Column);
        else
        {
            FailHere("'and', 'or' or ')' is missing");
            Recover();
            if (Current.Kind == TokenKind.Close)
                _at++;
        }
        return inner;
    }

    private Expression Not()
    {
        _at++;
        return Shape.Not(Factor());
    }

    private Constant Truth() => new(tokens[_at++].Text == "true");

    private Expression Misplaced()
    {
        FailHere(Current.Kind == TokenKind.End ? "a condition is missing" : "a column or a trait is expected");
        if (Current.Kind is not (TokenKind.End or TokenKind.Close) && !Current.Is("and") && !Current.Is("or"))
            _at++;
        return Recover();
    }

    private Expression Named()
    {
        var name = tokens[_at++];
        var column = Column.Find(name.Text);
        var compares = Current.Kind == TokenKind.Operator || Current.Is("in") || Current.Is("between") ||
                       Current.Is("like") || Current.Is("is") ||
                       (Current.Is("not") && tokens[_at + 1] is var next &&
                        (next.Is("in") || next.Is("between") || next.Is("like")));
        if (!compares)
            return column is null ? Alone(name) : Incomplete(name);
        if (column is null)
            Unknown(name, TraitNames.Find(name.Text) is not null);
        return new ConditionReader(this, column).Read();
    }

    private Expression Incomplete(Token name)
    {
        if (Current.Kind != TokenKind.Bad)
            Fail(name, $"'{name.Text}' is compared with nothing");
        return Recover();
    }

    private Expression Alone(Token name)
    {
        if (TraitNames.Find(name.Text) is { } trait)
            return new HasTrait(name.Text, trait);
        Unknown(name, false);
        return Unread;
    }

    private void Unknown(Token name, bool isTrait)
    {
        var shown = name.Text.Length > 40 ? name.Text[..40] + "…" : name.Text;
        var near = Column.Nearest(name.Text);
        if (isTrait)
            Fail(name, $"'{shown}' is a trait and stands by itself");
        else if (name.Text == "traits")
            Fail(name, "traits are written by their names, as in 'first-page'");
        else
            errors.Add(new PredicateError(name.Column, $"unknown column '{shown}' at {name.Column}" +
                (near is null ? "" : $"; did you mean '{near}'?")));
    }

    private Expression Recover()
    {
        var depth = 0;
        for (; Current.Kind != TokenKind.End; _at++)
        {
            if (depth == 0 && (Current.Kind == TokenKind.Close || Current.Is("and") || Current.Is("or")))
                break;
            depth += Current.Kind == TokenKind.Open ? 1 : Current.Kind == TokenKind.Close ? -1 : 0;
        }
        return Unread;
    }

    private Token Take() => tokens[_at++];

    private bool Take(string keyword)
    {
        if (!Current.Is(keyword))
            return false;
        _at++;
        return true;
    }

    private void FailHere(string sentence)
    {
        if (Current.Kind != TokenKind.Bad)
            Fail(Current, sentence);
        else
            _at++;
    }

    private void Fail(Token token, string sentence, int? column = null) =>
        errors.Add(new PredicateError(column ?? token.Column, $"{sentence} at {token.Column}"));

    /// <summary>
    /// Reads what follows the name of a column; the column is null when it is unknown and already reported.
    /// </summary>
    private sealed class ConditionReader(Parser parser, Column? column)
    {
        private static readonly Dictionary<string, Operator> Operators = new()
        {
            ["="] = Operator.Equal,
            ["!="] = Operator.Equal,
            ["<"] = Operator.Less,
            ["<="] = Operator.LessOrEqual,
            [">"] = Operator.Greater,
            [">="] = Operator.GreaterOrEqual,
        };

        public Expression Read()
        {
            if (parser.Current.Kind == TokenKind.Operator)
                return Compare();
            if (parser.Take("is"))
                return Presence();
            var negated = parser.Take("not");
            var sign = parser.Current;
            var condition = parser.Take("in") ? In() : parser.Take("between") ? Range(sign) : Match(sign);
            return negated ? Shape.Not(condition) : condition;
        }

        private Expression Compare()
        {
            var sign = parser.Current;
            parser._at++;
            var ordered = sign.Text is not ("=" or "!=");
            if (ordered)
                MustBeOrdered(sign);
            if (Value(ordered) is not { } operand)
                return Unread;
            if (column is null)
                return Unread;
            var comparison = new Comparison(column, Operators[sign.Text], operand);
            return sign.Text == "!=" ? Shape.Not(comparison) : comparison;
        }

        private Expression Presence()
        {
            var negated = parser.Take("not");
            if (!parser.Take("null"))
            {
                parser.FailHere("'null' is expected");
                return parser.Recover();
            }
            if (column?.Type == ColumnType.Category)
                parser.Fail(parser.Current, "a category is never null: compare 'fields'");
            Expression test = column is null ? Unread : new IsNull(column);
            return negated ? Shape.Not(test) : test;
        }

        private Expression Range(Token sign)
        {
            MustBeOrdered(sign);
            var low = Value(true);
            if (low is null)
                return parser.Recover();
            if (!parser.Take("and"))
            {
                parser.FailHere("'and' is expected after the lower bound");
                return parser.Recover();
            }
            return Value(true) is { } high && column is not null ? new Between(column, low.Value, high) : Unread;
        }

        private Expression Match(Token sign)
        {
            parser.Take("like");
            if (column is not null && column.Type != ColumnType.Text)
                parser.Fail(sign, $"'like' is for text, which '{column.Name}' is not");
            var pattern = parser.Current;
            if (pattern.Kind != TokenKind.Text)
            {
                parser.FailHere("a pattern in single quotes is expected");
                return parser.Recover();
            }
            parser._at++;
            return column is null ? Unread : new Like(column, pattern.Text);
        }

        private Expression In()
        {
            if (parser.Current.Kind == TokenKind.File)
                return FromFile(parser.Take());
            if (parser.Current.Kind != TokenKind.Open)
            {
                parser.FailHere("'(' or a file, as in @addresses.txt, is expected");
                return parser.Recover();
            }
            parser._at++;
            var operands = new List<Operand>();
            do
            {
                if (Value(false) is { } operand)
                    operands.Add(operand);
                else if (parser.Current.Kind is not (TokenKind.Comma or TokenKind.Close))
                    return SkipList();
            }
            while (TakeComma());
            if (parser.Current.Kind != TokenKind.Close)
            {
                parser.FailHere("',' or ')' is expected");
                return SkipList();
            }
            parser._at++;
            return column is null ? Unread : new Membership(column, Shape.Distinct(operands), null);
        }

        private Expression SkipList()
        {
            parser.Recover();
            if (parser.Current.Kind == TokenKind.Close)
                parser._at++;
            return Unread;
        }

        private bool TakeComma()
        {
            if (parser.Current.Kind != TokenKind.Comma)
                return false;
            parser._at++;
            return true;
        }

        private Expression FromFile(Token file)
        {
            if (column is null)
                return Unread;
            var (operands, digest, refusal) = ValueFileReader.Read(parser._readFile, file.Text, column);
            if (refusal is null)
                return new Membership(column, operands, digest);
            parser.Fail(file, refusal);
            return Unread;
        }

        private void MustBeOrdered(Token sign)
        {
            if (column is { IsOrdered: false })
                parser.Fail(sign, $"'{column.Name}' has no order: use =, != or in");
        }

        private Operand? Value(bool mustOrder)
        {
            var token = parser.Current;
            if (token.Kind is not (TokenKind.Text or TokenKind.Integer))
            {
                if (token.Kind == TokenKind.Bad)
                    parser._at++;
                else if (token.Is("null"))
                    parser.Fail(token, "nothing equals null: write 'is null'");
                else
                    parser.Fail(token, token is { Kind: TokenKind.Word, IsKeyword: false }
                        ? "text needs single quotes"
                        : "a value is expected");
                if (token.Kind == TokenKind.Word && !token.Is("and") && !token.Is("or"))
                    parser._at++;
                return null;
            }
            parser._at++;
            if (column is null)
                return default(Operand);
            var (operand, refusal) = Operands.Check(column, token.Text, token.Kind == TokenKind.Integer, mustOrder);
            if (refusal is null)
                return operand;
            parser.Fail(token, refusal);
            return default(Operand);
        }
    }
}
