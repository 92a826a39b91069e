using System.Text;

namespace WhoSaw.Intake.Routes;

internal enum SegmentKind : byte
{
    Literal,
    Parameter,

    /// <summary>The rest of the path, nothing included.</summary>
    Tail,
}

/// <param name="Prefix">The literal, or what stands before the parameter in its segment; undone of escapes.</param>
/// <param name="Name">The parameter's name; empty for <c>*</c> and <c>**</c>.</param>
internal sealed record TemplateSegment(SegmentKind Kind, string Prefix, string Name, string Suffix)
{
    /// <summary>
    /// Two segments of the same shape match the same texts. Literals do not tell capitals from small letters.
    /// </summary>
    public string Shape { get; } = Kind switch
    {
        SegmentKind.Literal => "=" + Prefix.ToLowerInvariant(),
        SegmentKind.Parameter => "{" + Prefix.ToLowerInvariant() + "}" + Suffix.ToLowerInvariant(),
        _ => "**",
    };
}

/// <summary>
/// The path of a route, in segments. A segment is a literal, a parameter <c>{name}</c> with or without text around it
/// (<c>{subject}.json</c>), <c>*</c> for any one segment, and at the end <c>{name*}</c> or <c>**</c> for the rest.
/// </summary>
internal sealed record RouteTemplate(IReadOnlyList<TemplateSegment> Segments)
{
    public const string SubjectName = "subject";

    /// <summary>The position of <c>{subject}</c>, or -1.</summary>
    public int SubjectIndex { get; } = IndexOfSubject(Segments);

    public string Shape { get; } = string.Join('/', Segments.Select(segment => segment.Shape));

    /// <summary>Reads a template; null and what is wrong with it when it cannot be understood.</summary>
    public static RouteTemplate? Parse(string template, out string fault)
    {
        fault = FaultOf(template);
        if (fault.Length > 0)
            return null;
        var texts = template.Trim('/').Split('/');
        var segments = new List<TemplateSegment>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts.Length == 1 && texts[0].Length == 0)
                break;
            var segment = ParseSegment(texts[i], ref fault);
            if (segment is null)
                return null;
            if (segment.Kind == SegmentKind.Tail && i < texts.Length - 1)
                fault = $"'{texts[i]}' stands for the rest of the path and must come last";
            else if (segment.Name.Length > 0 && !names.Add(segment.Name))
                fault = $"the parameter {{{segment.Name}}} stands twice in the route";
            if (fault.Length > 0)
                return null;
            segments.Add(segment);
        }
        return new RouteTemplate(segments);
    }

    private static string FaultOf(string template)
    {
        if (!template.StartsWith('/'))
            return "a route is a method and a path that begins with '/'";
        if (template.Contains("//", StringComparison.Ordinal))
            return "a path has no empty segments: '//' can never match";
        if (template.Contains('?', StringComparison.Ordinal))
            return "a route has no query: say subject: 'query:NAME' for a subject that is named there";
        foreach (var forbidden in "#;\\")
            if (template.Contains(forbidden, StringComparison.Ordinal))
                return $"a route cannot hold '{forbidden}': it is cut off or replaced before paths are compared";
        return template.AsSpan().ContainsAny(' ', '\t') ? "a path holds no blanks" : "";
    }

    private static TemplateSegment? ParseSegment(string text, ref string fault)
    {
        if (text == "**")
            return new TemplateSegment(SegmentKind.Tail, "", "", "");
        if (text == "*")
            return new TemplateSegment(SegmentKind.Parameter, "", "", "");
        if (text is "." or "..")
            return Refuse($"the segment '{text}' is resolved before paths are compared and can never match", out fault);
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = text.IndexOf('}', StringComparison.Ordinal);
        if (open < 0 && close < 0)
            return new TemplateSegment(SegmentKind.Literal, Decoded(text), "", "");
        if (open < 0 || close < open || text.LastIndexOf('{') != open || text.LastIndexOf('}') != close)
            return Refuse($"the segment '{text}' does not hold one parameter in braces", out fault);
        var name = text[(open + 1)..close];
        var tail = name.EndsWith('*');
        name = name.TrimEnd('*');
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return Refuse("a parameter's name is letters, digits, '-', '_' and '.'", out fault);
        var (prefix, suffix) = (Decoded(text[..open]), Decoded(text[(close + 1)..]));
        if (tail && prefix.Length + suffix.Length > 0)
            return Refuse($"'{{{name}*}}' stands for the rest of the path and must be a segment of its own", out fault);
        return new TemplateSegment(tail ? SegmentKind.Tail : SegmentKind.Parameter, prefix, name, suffix);
    }

    private static TemplateSegment? Refuse(string why, out string fault)
    {
        fault = why;
        return null;
    }

    private static string Decoded(string literal)
    {
        if (!literal.Contains('%', StringComparison.Ordinal))
            return literal;
        var utf8 = Encoding.UTF8.GetBytes(literal);
        var length = PercentText.Decode(utf8, utf8, keepSeparators: true);
        return Encoding.UTF8.GetString(utf8, 0, length);
    }

    private static int IndexOfSubject(IReadOnlyList<TemplateSegment> segments)
    {
        for (var i = 0; i < segments.Count; i++)
            if (segments[i].Name == SubjectName)
                return i;
        return -1;
    }
}
