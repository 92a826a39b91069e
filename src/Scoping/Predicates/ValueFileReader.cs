using System.Security.Cryptography;
using System.Text;

namespace WhoSaw.Scoping.Predicates;

/// <summary>
/// One value a line, UTF-8, blanks around it dropped, empty lines skipped; every line is checked as a literal would be.
/// </summary>
internal static class ValueFileReader
{
    private static readonly UTF8Encoding Strict = new(false, true);

    public static (IReadOnlyList<Operand> Operands, ValueFile? Digest, string? Refusal) Read(
        ReadValueFile read, string path, Column column)
    {
        var (content, refusal) = read(path);
        if (content is null)
            return ([], null, $"the file of values cannot be read ({refusal})");
        string text;
        try
        {
            text = Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return ([], null, "the file of values is not UTF-8");
        }
        var operands = new List<Operand>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0)
                continue;
            if (!Lexer.IsPlain(line))
                return ([], null, $"line {number} of the file of values has a character that no log can hold");
            var (operand, fault) = Operands.Check(column, line, column.Type == ColumnType.Integer, false);
            if (fault is not null)
                return ([], null, $"line {number} of the file of values is no value for '{column.Name}'");
            operands.Add(operand);
        }
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        var distinct = Shape.Distinct(operands);
        return (distinct, new ValueFile(path, digest, distinct.Count), null);
    }
}
