using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>What an expression says of one record, in plain C#: the meaning that the SQL has to agree with.</summary>
internal sealed class Evaluator(Func<string, SubjectId> subjects)
{
    public bool Matches(Expression expression, RecordRow row) => expression switch
    {
        Constant constant => constant.Value,
        Negation negation => !Matches(negation.Inner, row),
        Junction { IsAnd: true } all => all.Terms.All(term => Matches(term, row)),
        Junction any => any.Terms.Any(term => Matches(term, row)),
        HasTrait trait => (row.Traits & trait.Trait) != 0,
        IsNull isNull => Text(isNull.Column, row) is null && Number(isNull.Column, row) is null,
        Like like => Text(like.Column, row) is { } text && IsLike(text, like.Pattern),
        Comparison comparison => Compare(comparison.Column, row, comparison.Operator, comparison.Operand),
        Between between => Compare(between.Column, row, Operator.GreaterOrEqual, between.Low) &&
                           Compare(between.Column, row, Operator.LessOrEqual, between.High),
        Membership membership => membership.Operands.Any(
            operand => Compare(membership.Column, row, Operator.Equal, operand)),
        _ => throw new ArgumentException($"no meaning for {expression.GetType().Name}", nameof(expression)),
    };

    /// <summary>What a leaf over a column of text says of one value.</summary>
    public static bool Holds(Expression leaf, string? text) => leaf switch
    {
        Like like => text is not null && IsLike(text, like.Pattern),
        Comparison comparison => Compare(comparison.Column, text, comparison.Operator, comparison.Operand),
        Between between => Compare(between.Column, text, Operator.GreaterOrEqual, between.Low) &&
                           Compare(between.Column, text, Operator.LessOrEqual, between.High),
        Membership membership => membership.Operands.Any(
            operand => Compare(membership.Column, text, Operator.Equal, operand)),
        _ => throw new ArgumentException($"{leaf.GetType().Name} is no test of a text", nameof(leaf)),
    };

    private static bool Compare(Column column, string? text, Operator sign, Operand operand) =>
        text is not null && (column.Type == ColumnType.Category
            ? text.Split(',').Contains(operand.Text)
            : Holds(sign, CompareUtf8(text, operand.Text!)));

    private bool Compare(Column column, RecordRow row, Operator sign, Operand operand)
    {
        if (column.Type == ColumnType.Category)
            return Compare(column, row.Fields, sign, operand);
        if (column.Type is ColumnType.Text or ColumnType.Outcome)
            return Compare(column, Text(column, row), sign, operand);
        if (Number(column, row) is not { } number)
            return false;
        if (column.Type != ColumnType.Account)
            return Holds(sign, number.CompareTo(operand.Number));
        if (operand.Text is { } id)
            return subjects(id) is { IsNone: false } known && known.Value == number;
        return (sign == Operator.Equal || number >= 0) && Holds(sign, number.CompareTo(operand.Number));
    }

    private static bool Holds(Operator sign, int order) => sign switch
    {
        Operator.Equal => order == 0,
        Operator.Less => order < 0,
        Operator.LessOrEqual => order <= 0,
        Operator.Greater => order > 0,
        _ => order >= 0,
    };

    private static int CompareUtf8(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static string? Text(Column column, RecordRow row) => column.Name switch
    {
        "source" => row.Source,
        "stream" => row.Stream,
        "file" => row.File,
        "request" => row.Request,
        "client" => row.Client,
        "network" => row.Network,
        "agent" => row.Agent,
        "key" => row.Key,
        "principal" => row.Principal,
        "operation" => row.Operation,
        "fields" => row.Fields,
        "method" => row.Method,
        "outcome" => row.Outcome.Name(),
        _ => null,
    };

    private static long? Number(Column column, RecordRow row) => column.Name switch
    {
        "time" => row.Time.Microseconds,
        "offset" => row.Offset,
        "status" => row.Status,
        "bytes" => row.Bytes,
        "credential" => (long?)row.Credential,
        "account" => row.Account.IsNone ? null : row.Account.Value,
        "subject" => row.Subject.IsNone ? null : row.Subject.Value,
        _ => null,
    };

    // % any run, _ one character (a rune, as in DuckDB), nothing escapes
    private static bool IsLike(string text, string pattern)
    {
        var (have, want) = (text.EnumerateRunes().ToArray(), pattern.EnumerateRunes().ToArray());
        int at = 0, of = 0, star = -1, mark = 0;
        while (at < have.Length)
        {
            if (of < want.Length && want[of].Value == '%')
                (star, mark) = (of++, at);
            else if (of < want.Length && (want[of].Value == '_' || want[of] == have[at]))
                (at, of) = (at + 1, of + 1);
            else if (star >= 0)
                (of, at) = (star + 1, ++mark);
            else
                return false;
        }
        while (of < want.Length && want[of].Value == '%')
            of++;
        return of == want.Length;
    }
}
