using WhoSaw.Records;
using WhoSaw.Scoping.Predicates;

namespace WhoSaw.Scoping.Columns;

/// <summary>Turns an expression into tests of vectors. The tests keep memory of their own: one set a thread.</summary>
internal sealed class VectorCompiler(Func<string, SubjectId> subjects)
{
    public VectorTest Compile(Expression expression) => expression switch
    {
        Constant constant => new ConstantTest(constant.Value),
        Negation negation => new NegatedTest(Compile(negation.Inner)),
        Junction junction => new JoinedTest(junction.IsAnd, [.. junction.Terms.Select(Compile)]),
        HasTrait trait => new TraitTest((long)trait.Trait),
        IsNull { Column: var column } when IsText(column) => new AnyTextTest(column.Name, text => text is null),
        IsNull isNull => new NegatedTest(new NumberPresentTest(isNull.Column.Name)),
        Like like => new AnyTextTest(like.Column.Name, text => Evaluator.Holds(like, text)),
        Comparison { Column: var column } when IsText(column) => Text(column, expression),
        Between { Column: var column } when IsText(column) => Text(column, expression),
        Membership { Column: var column } membership when IsText(column) => Texts(column, membership),
        Comparison comparison => Compare(comparison),
        Between between => new IntervalTest(between.Column.Name, between.Low.Number, between.High.Number),
        Membership membership => Set(membership),
        _ => throw new ArgumentException($"no test for {expression.GetType().Name}", nameof(expression)),
    };

    private static bool IsText(Column column) =>
        column.Type is ColumnType.Text or ColumnType.Outcome or ColumnType.Category;

    private static TextTest Text(Column column, Expression expression) =>
        expression is Comparison { Operator: Operator.Equal } equal && column.Type != ColumnType.Category
            ? new SameTextTest(column.Name, [equal.Operand.Text!])
            : new AnyTextTest(column.Type == ColumnType.Category ? "fields" : column.Name,
                text => Evaluator.Holds(expression, text));

    private static TextTest Texts(Column column, Membership membership)
    {
        var values = membership.Operands.Select(operand => operand.Text!).ToHashSet(StringComparer.Ordinal);
        return column.Type == ColumnType.Category
            ? new AnyTextTest("fields", text => text is not null && text.Split(',').Any(values.Contains))
            : new SameTextTest(column.Name, values);
    }

    private VectorTest Compare(Comparison comparison)
    {
        var (column, value) = (comparison.Column, comparison.Operand.Number);
        if (comparison.Operator == Operator.Equal)
            return Set(new Membership(column, [comparison.Operand], null));
        // numbers of the dictionary are below zero and in no order
        var least = column.Type == ColumnType.Account ? 0 : long.MinValue;
        return comparison.Operator switch
        {
            Operator.Less when value == long.MinValue => new ConstantTest(false),
            Operator.Less => new IntervalTest(column.Name, least, value - 1),
            Operator.LessOrEqual => new IntervalTest(column.Name, least, value),
            Operator.Greater when value == long.MaxValue => new ConstantTest(false),
            Operator.Greater => new IntervalTest(column.Name, Math.Max(least, value + 1), long.MaxValue),
            _ => new IntervalTest(column.Name, Math.Max(least, value), long.MaxValue),
        };
    }

    private VectorTest Set(Membership membership)
    {
        var column = membership.Column;
        var values = membership.Operands.Select(NumberOf).OfType<long>().ToHashSet();
        return values.Count switch
        {
            0 => new ConstantTest(false),
            1 when column.Type != ColumnType.Credential =>
                new IntervalTest(column.Name, values.Single(), values.Single()),
            _ => new SetTest(column.Name, values, column.Type == ColumnType.Credential),
        };
    }

    private long? NumberOf(Operand operand) => operand.Text is not { } id
        ? operand.Number
        : subjects(id) is { IsNone: false } known ? known.Value : null;
}
