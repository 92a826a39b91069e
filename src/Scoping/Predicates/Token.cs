namespace WhoSaw.Scoping.Predicates;

internal enum TokenKind : byte
{
    End,
    Word,
    Text,
    Integer,
    Operator,
    Open,
    Close,
    Comma,

    /// <summary>A file of values: <c>@name</c> or <c>@'name'</c>.</summary>
    File,

    /// <summary>Already reported; stands where a value stood.</summary>
    Bad,
}

/// <summary>A piece of an expression; <paramref name="Text"/> without quotes, keywords in lower case.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    private static readonly HashSet<string> Keywords =
        ["and", "or", "not", "in", "between", "like", "is", "null", "true", "false"];

    /// <summary>A word in double quotes is a name even where it looks like a keyword.</summary>
    public bool IsQuoted { get; init; }

    public bool IsKeyword => Kind == TokenKind.Word && !IsQuoted && Keywords.Contains(Text);

    public bool Is(string keyword) => IsKeyword && Text == keyword;

    public static string Fold(string word) =>
        word.ToLowerInvariant() is var lower && Keywords.Contains(lower) ? lower : word;
}
