using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>A section: the id says to the linter which duty it fulfils, the heading is what people read.</summary>
public sealed record NoticeSection(string Id, string Heading, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);
}

/// <summary>
/// A notice as people edit it: a first line <c>@notice case=C1 template=people language=ko scope=1 version=1</c>,
/// <c># title</c>, text, and sections <c>## [id] heading</c> of lines, of which those with <c>- </c> are points.
/// </summary>
public sealed record NoticeDraft
{
    public required string Case { get; init; }
    public required NoticeTemplate Template { get; init; }
    public required Language Language { get; init; }

    /// <summary>The version of the scope that it was written from; 0 when there was none.</summary>
    public required int Scope { get; init; }

    /// <summary>1, and more for supplements.</summary>
    public required int Version { get; init; }
    public required string Title { get; init; }

    /// <summary>What stands before the first section.</summary>
    public required IReadOnlyList<string> Opening { get; init; }
    public required IReadOnlyList<NoticeSection> Sections { get; init; }

    public NoticeSection? Section(string id) => Sections.FirstOrDefault(each => each.Id == id);

    /// <summary>Everything that people read.</summary>
    public string Text => string.Join('\n', Sections.SelectMany(each => each.Lines.Prepend(each.Heading))
        .Prepend(string.Join('\n', Opening)).Prepend(Title));

    /// <summary>The source, which parses to the same draft.</summary>
    public string ToSource()
    {
        var source = new StringBuilder();
        source.Append(CultureInfo.InvariantCulture, $"@notice case={Case} template={Template.Id} ")
            .Append(CultureInfo.InvariantCulture, $"language={Language.Code()} scope={Scope} version={Version}\n");
        source.Append("# ").Append(Title).Append('\n');
        foreach (var line in Opening)
            source.Append(line).Append('\n');
        foreach (var section in Sections)
        {
            source.Append(CultureInfo.InvariantCulture, $"\n## [{section.Id}] {section.Heading}\n");
            foreach (var line in section.Lines)
                source.Append(line).Append('\n');
        }
        return source.ToString();
    }

    /// <summary>SHA-256 of the source, in hexadecimal: what approvals and deliveries in the journal name.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToSource())));

    /// <summary>Throws <see cref="FormatException"/> that names the line.</summary>
    public static NoticeDraft Parse(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        var head = lines[0].StartsWith("@notice ", StringComparison.Ordinal)
            ? lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1])
            : throw new FormatException("line 1: a notice begins with @notice case=… template=… language=…");
        var template = NoticeTemplates.Find(Value("template"))
            ?? throw new FormatException($"line 1: there is no template {Value("template")}");
        if (!Languages.TryParse(Value("language"), out var language))
            throw new FormatException($"line 1: there is no language {Value("language")}");
        var title = "";
        var (opening, sections) = (new List<string>(), new List<NoticeSection>());
        List<string> current = opening;
        for (var i = 1; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                var close = line.IndexOf(']', StringComparison.Ordinal);
                if (line.Length < 5 || line[3] != '[' || close < 0)
                    throw new FormatException(string.Create(
                        CultureInfo.InvariantCulture, $"line {i + 1}: a section begins with ## [id] heading"));
                current = [];
                sections.Add(new NoticeSection(line[4..close], line[(close + 1)..].Trim(), current));
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal) && title.Length == 0)
                title = line[2..].Trim();
            else if (line.Length > 0)
                current.Add(line);
        }
        return new NoticeDraft
        {
            Case = Value("case"),
            Template = template,
            Language = language,
            Scope = Number("scope"),
            Version = Number("version"),
            Title = title,
            Opening = opening,
            Sections = sections,
        };

        string Value(string name) => head.TryGetValue(name, out var value) ? value
            : throw new FormatException($"line 1: {name}= is missing");

        int Number(string name) => int.TryParse(
            Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"line 1: {name}= takes a number");
    }
}
