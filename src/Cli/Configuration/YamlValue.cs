namespace WhoSaw.Cli;

internal enum YamlKind : byte
{
    Text,
    List,
    Mapping,
}

/// <summary>A value of a YAML document and where it stands; line and column count from 1.</summary>
internal sealed class YamlValue(YamlKind kind, int line, int column)
{
    public YamlKind Kind { get; } = kind;
    public int Line { get; } = line;
    public int Column { get; } = column;

    /// <summary>The scalar; empty for the other kinds.</summary>
    public string Text { get; init; } = "";

    /// <summary>The scalar stands without quotes, so that it may be a number or nothing at all.</summary>
    public bool IsPlain { get; init; }

    public List<YamlValue> Items { get; } = [];
    public List<(YamlValue Key, YamlValue Value)> Entries { get; } = [];

    public bool IsNothing => Kind == YamlKind.Text && IsPlain && Text is "" or "~" or "null";

    public string KindName => Kind switch
    {
        YamlKind.List => "a list",
        YamlKind.Mapping => "a mapping",
        _ => IsNothing ? "nothing" : "a text",
    };
}
