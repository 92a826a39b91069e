using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// An expression as a DuckDB condition. Names come from <see cref="Column"/> alone, values only as parameters. Negation
/// is pushed to the leaves: a positive leaf may be NULL, which a WHERE takes for false, and keeps its shape, so that
/// DuckDB can skip row groups by it; a negated one says IS NOT TRUE.
/// </summary>
internal sealed class SqlWriter(SqlParameters parameters, Func<string, SubjectId> subjects)
{
    private const int LongestList = 32;
    private readonly StringBuilder _sql = new();

    public string Write(Expression expression)
    {
        _sql.Clear();
        Write(expression, false);
        return _sql.ToString();
    }

    private void Write(Expression expression, bool negated)
    {
        switch (expression)
        {
            case Constant constant:
                _sql.Append(constant.Value != negated ? "TRUE" : "FALSE");
                break;
            case Negation negation:
                Write(negation.Inner, !negated);
                break;
            case Junction junction:
                _sql.Append('(');
                for (var i = 0; i < junction.Terms.Count; i++)
                {
                    _sql.Append(i == 0 ? "" : junction.IsAnd != negated ? " AND " : " OR ");
                    Write(junction.Terms[i], negated);
                }
                _sql.Append(')');
                break;
            case IsNull isNull:
                _sql.Append('(').Append(isNull.Column.Sql).Append(negated ? " IS NOT NULL)" : " IS NULL)");
                break;
            default:
                _sql.Append(negated ? "((" : "(").Append(Leaf(expression)).Append(negated ? ") IS NOT TRUE)" : ")");
                break;
        }
    }

    private string Leaf(Expression expression) => expression switch
    {
        Comparison comparison => Compare(comparison),
        Between between => Range(between),
        Membership membership => In(membership),
        Like like => $"{like.Column.Sql} LIKE {parameters.Add(like.Pattern)}",
        HasTrait trait => $"(\"traits\"::BIGINT & {parameters.Add((long)trait.Trait)}) <> 0",
        _ => throw new ArgumentException($"no SQL for {expression.GetType().Name}", nameof(expression)),
    };

    private string Compare(Comparison comparison)
    {
        var column = comparison.Column;
        if (column.Type == ColumnType.Category)
            return Category(comparison.Operand);
        if (Value(column, comparison.Operand) is not { } value)
            return "FALSE";
        var test = $"{column.Sql} {Printer.Sign(comparison.Operator)} {parameters.Add(value)}";
        // numbers of the dictionary are below zero and in no order
        return column.Type == ColumnType.Account && comparison.Operator is Operator.Less or Operator.LessOrEqual
            ? $"{column.Sql} >= 0 AND {test}"
            : test;
    }

    private string Range(Between between)
    {
        var low = parameters.Add(Value(between.Column, between.Low)!);
        var high = parameters.Add(Value(between.Column, between.High)!);
        return $"{between.Column.Sql} BETWEEN {low} AND {high}";
    }

    private string In(Membership membership)
    {
        var column = membership.Column;
        if (column.Type == ColumnType.Category)
            return membership.Operands.Count == 0 ? "FALSE" : string.Join(" OR ", membership.Operands.Select(Category));
        var values = membership.Operands.Select(operand => Value(column, operand)).OfType<object>().ToList();
        if (values.Count == 0)
            return "FALSE";
        return values.Count <= LongestList
            ? $"{column.Sql} IN ({string.Join(", ", values.Select(parameters.Add))})"
            : $"{column.Sql} IN (SELECT unnest({parameters.Add(List(column, values))}))";
    }

    private string Category(Operand operand) =>
        $"contains(concat(',', \"fields\", ','), {parameters.Add("," + operand.Text + ",")})";

    // Null: an id that the ledger never saw.
    private object? Value(Column column, Operand operand) => column.Type switch
    {
        ColumnType.Time => new EventTime(operand.Number).ToUtc(),
        ColumnType.Credential => (ulong)operand.Number,
        ColumnType.Integer => operand.Number,
        ColumnType.Account when operand.Text is null => operand.Number,
        ColumnType.Account => subjects(operand.Text) is { IsNone: false } id ? id.Value : null,
        _ => operand.Text!,
    };

    private static object List(Column column, List<object> values) => column.Type switch
    {
        ColumnType.Time => values.Cast<DateTimeOffset>().Select(time => time.UtcDateTime).ToList(),
        ColumnType.Credential => values.Cast<ulong>().ToList(),
        ColumnType.Integer or ColumnType.Account => values.Cast<long>().ToList(),
        _ => values.Cast<string>().ToList(),
    };
}
