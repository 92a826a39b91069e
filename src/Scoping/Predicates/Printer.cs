using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>The canonical text of an expression: what it prints reads back as the same expression.</summary>
internal static class Printer
{
    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Constant constant:
                text.Append(constant.Value ? "true" : "false");
                break;
            case Junction junction:
                for (var i = 0; i < junction.Terms.Count; i++)
                {
                    text.Append(i == 0 ? "" : junction.IsAnd ? " and " : " or ");
                    WriteTerm(text, junction.Terms[i], junction.IsAnd && junction.Terms[i] is Junction);
                }
                break;
            case Negation { Inner: Comparison { Operator: Operator.Equal } equal }:
                text.Append(equal.Column.Name).Append(" != ").Append(Literal(equal.Column, equal.Operand));
                break;
            case Negation { Inner: IsNull inner }:
                text.Append(inner.Column.Name).Append(" is not null");
                break;
            case Negation { Inner: Between or Membership or Like } negation:
                WriteCondition(text, negation.Inner, "not ");
                break;
            case Negation negation:
                text.Append("not ");
                WriteTerm(text, negation.Inner, negation.Inner is Junction);
                break;
            default:
                WriteCondition(text, expression, "");
                break;
        }
    }

    private static void WriteTerm(StringBuilder text, Expression term, bool bracket)
    {
        text.Append(bracket ? "(" : "");
        Write(text, term);
        text.Append(bracket ? ")" : "");
    }

    private static void WriteCondition(StringBuilder text, Expression expression, string not)
    {
        switch (expression)
        {
            case Comparison comparison:
                text.Append(comparison.Column.Name).Append(' ').Append(Sign(comparison.Operator)).Append(' ')
                    .Append(Literal(comparison.Column, comparison.Operand));
                break;
            case Between between:
                text.Append(between.Column.Name).Append(' ').Append(not).Append("between ")
                    .Append(Literal(between.Column, between.Low)).Append(" and ")
                    .Append(Literal(between.Column, between.High));
                break;
            case Membership { File: { } file } membership:
                text.Append(membership.Column.Name).Append(' ').Append(not).Append("in @").Append(Quote(file.Path));
                break;
            case Membership membership:
                text.Append(membership.Column.Name).Append(' ').Append(not).Append("in (")
                    .AppendJoin(", ", membership.Operands.Select(operand => Literal(membership.Column, operand)))
                    .Append(')');
                break;
            case Like like:
                text.Append(like.Column.Name).Append(' ').Append(not).Append("like ").Append(Quote(like.Pattern));
                break;
            case IsNull isNull:
                text.Append(isNull.Column.Name).Append(" is null");
                break;
            case HasTrait trait:
                text.Append(trait.Name);
                break;
            default:
                throw new ArgumentException($"no text for {expression.GetType().Name}", nameof(expression));
        }
    }

    public static string Sign(Operator sign) => sign switch
    {
        Operator.Equal => "=",
        Operator.Less => "<",
        Operator.LessOrEqual => "<=",
        Operator.Greater => ">",
        _ => ">=",
    };

    private static string Literal(Column column, Operand operand) => column.Type switch
    {
        _ when operand.Text is { } text => Quote(text),
        ColumnType.Time => Quote(new EventTime(operand.Number).ToString()),
        ColumnType.Credential => Quote(((ulong)operand.Number).ToString("x16", CultureInfo.InvariantCulture)),
        _ => operand.Number.ToString(CultureInfo.InvariantCulture),
    };

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
