using System.Text;
using System.Text.RegularExpressions;

namespace WhoSaw.Intake.Sources;

/// <summary>One segment of a pattern of paths.</summary>
internal sealed class NamePattern
{
    public const string StreamMark = "{stream}";
    private readonly Regex? _expression;

    public NamePattern(string text)
    {
        Text = text;
        IsFolders = text == "**";
        if (!IsFolders && HasWildcard(text))
            _expression = new Regex(ExpressionOf(text),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public string Text { get; }

    /// <summary>The segment is <c>**</c>: any number of folders, none included.</summary>
    public bool IsFolders { get; }

    public bool IsLiteral => _expression is null && !IsFolders;

    public static bool HasWildcard(string text) =>
        text.AsSpan().ContainsAny('*', '?') || text.Contains(StreamMark, StringComparison.Ordinal);

    /// <summary>Whether a name matches; the stream is null where the segment does not name it.</summary>
    public bool Matches(string name, out string? stream)
    {
        stream = null;
        if (_expression is null || (name.StartsWith('.') && !Text.StartsWith('.')))
            return false;
        var match = _expression.Match(name);
        if (match.Success && match.Groups["stream"].Success)
            stream = match.Groups["stream"].Value;
        return match.Success;
    }

    private static string ExpressionOf(string text)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith(StreamMark, StringComparison.Ordinal))
            {
                expression.Append("(?<stream>.+?)");
                i += StreamMark.Length - 1;
                continue;
            }
            expression.Append(text[i] switch
            {
                '*' => ".*",
                '?' => ".",
                var character => Regex.Escape(character.ToString()),
            });
        }
        return expression.Append("\\z").ToString();
    }
}
