using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// A value, checked against the type of its column. <paramref name="Number"/>: the integer, microseconds, fingerprint
/// bits or account; <paramref name="Text"/>: everything else, and account ids that only a ledger's dictionary knows.
/// </summary>
internal readonly record struct Operand(string? Text, long Number)
{
    public Operand(string text)
        : this(text, 0)
    {
    }

    public Operand(long number)
        : this(null, number)
    {
    }
}

internal enum Operator : byte
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>
/// A checked expression. Two-valued: a comparison with an absent value is false, and <c>not</c> is its exact
/// complement, so a predicate and its negation part the records of a ledger in two.
/// </summary>
internal abstract record Expression;

internal sealed record Constant(bool Value) : Expression;

internal sealed record Junction(bool IsAnd, IReadOnlyList<Expression> Terms) : Expression;

internal sealed record Negation(Expression Inner) : Expression;

internal sealed record Comparison(Column Column, Operator Operator, Operand Operand) : Expression;

internal sealed record Between(Column Column, Operand Low, Operand High) : Expression;

/// <param name="File">Where the values came from; null when they stand in the expression.</param>
internal sealed record Membership(Column Column, IReadOnlyList<Operand> Operands, ValueFile? File) : Expression;

internal sealed record Like(Column Column, string Pattern) : Expression;

internal sealed record IsNull(Column Column) : Expression;

internal sealed record HasTrait(string Name, Trait Trait) : Expression;
