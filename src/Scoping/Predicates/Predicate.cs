using WhoSaw.Records;
using WhoSaw.Scoping.Columns;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// Which records are meant: an expression over the columns of a segment, checked. Two-valued: a comparison with an
/// absent value is false and <c>not</c> is the exact complement. Immutable; equal when the canonical texts are equal.
/// </summary>
public sealed class Predicate : IEquatable<Predicate>
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int LongestText = 4 << 20;

    private readonly Expression _expression;
    private string? _text;

    internal Predicate(Expression expression) => _expression = expression;

    /// <summary>Every record.</summary>
    public static readonly Predicate Everything = new(new Constant(true));

    /// <summary>No record.</summary>
    public static readonly Predicate Nothing = new(new Constant(false));

    /// <summary>
    /// Reads an expression. Never throws for any text: what is wrong comes back, all of it at once where possible, in
    /// the order of the text. <paramref name="readFile"/> opens files of values (<c>client in @file</c>); from the disk
    /// when null.
    /// </summary>
    public static PredicateResult Parse(string text, ReadValueFile? readFile = null)
    {
        if (text.Length > LongestText)
            return new PredicateResult(null, [new PredicateError(LongestText, "the expression is too long")]);
        var errors = new List<PredicateError>();
        var tokens = new Lexer(text, errors).Read();
        var expression = new Parser(tokens, errors, readFile ?? ValueFiles.FromDisk).Read();
        return errors.Count == 0
            ? new PredicateResult(new Predicate(expression), [])
            : new PredicateResult(null, [.. errors.OrderBy(error => error.Column)]);
    }

    /// <summary>Records that all of them match; every record when there are none.</summary>
    public static Predicate And(params IReadOnlyList<Predicate> predicates) => Join(true, predicates);

    /// <summary>Records that one of them matches at least; no record when there are none.</summary>
    public static Predicate Or(params IReadOnlyList<Predicate> predicates) => Join(false, predicates);

    /// <summary>The records that this one does not match.</summary>
    public Predicate Negate() => new(Shape.Not(_expression));

    /// <summary>The files of values in it, in the order of the text.</summary>
    public IReadOnlyList<ValueFile> Files =>
        [.. Leaves(_expression).OfType<Membership>().Select(leaf => leaf.File).OfType<ValueFile>()];

    /// <summary>The account ids in it that are no integers; a ledger's dictionary has their numbers.</summary>
    public IReadOnlyCollection<string> AccountTexts => [.. Leaves(_expression).SelectMany(TextsOf).Distinct()];

    /// <summary>
    /// A DuckDB condition and the values of its parameters $1, $2, …; NULL counts as false. <paramref name="subjects"/>
    /// gives the number of an account id of <see cref="AccountTexts"/>, or none.
    /// </summary>
    public (string Sql, IReadOnlyList<object> Parameters) ToSql(Func<string, SubjectId> subjects)
    {
        var parameters = new SqlParameters();
        return (WriteSql(parameters, subjects), parameters.Values);
    }

    internal string WriteSql(SqlParameters parameters, Func<string, SubjectId> subjects) =>
        new SqlWriter(parameters, subjects).Write(_expression);

    /// <summary>The same as a test of vectors; one for each thread.</summary>
    internal VectorTest Compile(Func<string, SubjectId> subjects) => new VectorCompiler(subjects).Compile(_expression);

    /// <summary>Whether the record is meant, without a database.</summary>
    public bool Matches(RecordRow row, Func<string, SubjectId> subjects) =>
        new Evaluator(subjects).Matches(_expression, row);

    /// <summary>The canonical text, which reads back as an equal predicate.</summary>
    public override string ToString() => _text ??= Printer.Print(_expression);

    public bool Equals(Predicate? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Predicate);

    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    private static Predicate Join(bool isAnd, IReadOnlyList<Predicate> predicates) => predicates.Count == 0
        ? isAnd ? Everything : Nothing
        : new Predicate(Shape.Join(isAnd, [.. predicates.Select(predicate => predicate._expression)]));

    private static IEnumerable<Expression> Leaves(Expression expression) => expression switch
    {
        Junction junction => junction.Terms.SelectMany(Leaves),
        Negation negation => Leaves(negation.Inner),
        _ => [expression],
    };

    private static IEnumerable<string> TextsOf(Expression leaf) => leaf switch
    {
        Comparison { Column.Type: ColumnType.Account, Operand.Text: { } text } => [text],
        Membership { Column.Type: ColumnType.Account } membership => membership.Operands
            .Select(operand => operand.Text).OfType<string>(),
        _ => [],
    };
}
