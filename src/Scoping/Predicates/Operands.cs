using System.Globalization;
using System.Text;
using WhoSaw.Records;

namespace WhoSaw.Scoping.Predicates;

/// <summary>Checks a written value against the type of its column.</summary>
internal static class Operands
{
    private static readonly string[] Outcomes = ["disclosed", "refused", "absent", "failed", "other"];

    /// <summary>The value, or why it is none; the reason ends where " at N" is to follow.</summary>
    public static (Operand Operand, string? Refusal) Check(Column column, string text, bool isInteger, bool mustOrder)
    {
        var name = column.Name;
        switch (column.Type)
        {
            case ColumnType.Integer:
                if (!isInteger)
                    return (default, $"'{name}' is a number, so the value needs no quotes");
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? (new Operand(number), null)
                    : (default, $"the number for '{name}' is too large");
            case ColumnType.Account:
                return Account(name, text, mustOrder);
            case var _ when isInteger:
                return (default, $"'{name}' is no number, so the value needs single quotes");
            case ColumnType.Time:
                var (time, refusal) = TimeLiteral.Parse(text);
                return time is { } moment ? (new Operand(moment.Microseconds), null) : (default, refusal);
            case ColumnType.Credential:
                return text.Length == 16 &&
                       ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                    ? (new Operand((long)bits), null)
                    : (default, $"'{name}' is compared with 16 hexadecimal digits in quotes");
            case ColumnType.Outcome:
                return Outcomes.Contains(text)
                    ? (new Operand(text), null)
                    : (default, $"'{name}' is one of {string.Join(", ", Outcomes)}");
            case ColumnType.Category:
                return DataCategory.IsValid(text)
                    ? (new Operand(text), null)
                    : (default, "a data category is lower-case letters, digits and hyphens");
            default:
                return (new Operand(text), null);
        }
    }

    // An id that is no canonical integer lies in the dictionary, under a number that no expression may name.
    private static (Operand Operand, string? Refusal) Account(string name, string text, bool mustOrder)
    {
        if (SubjectId.TryParseInteger(Encoding.UTF8.GetBytes(text), out var id))
            return (new Operand(id.Value), null);
        if (mustOrder)
            return (default, $"'{name}' is put in order by numbers alone");
        return text.Length == 0 ? (default, $"an id for '{name}' is not empty") : (new Operand(text), null);
    }
}
