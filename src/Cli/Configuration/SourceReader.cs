using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli;

/// <summary>Reads the entries of <c>sources</c>.</summary>
internal sealed class SourceReader(FaultList faults, TimeZoneInfo zone, int trustedProxies, string? filesFrom)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public SourceOptions? Read(YamlValue value)
    {
        var section = new Section(value, "a source", KnownWords.Source, faults);
        var id = section.RequiredText("id");
        var kind = Kind(section);
        var path = section.RequiredText("path");
        var format = section.RequiredText("format");
        var fields = Fields(section, kind);
        if (id is not null)
            CheckId(section, id);
        if (format is not null)
            CheckFormat(section, format, fields);
        var options = new SourceOptions
        {
            Id = id ?? "?",
            Kind = kind ?? SourceKind.Access,
            Path = path ?? "?",
            Format = format ?? "?",
            Fields = fields,
            Zone = ZoneText.Read(section, faults) ?? zone,
            TrustedProxies = section.Number("trusted-proxies", 0, 100) ?? trustedProxies,
        };
        // one unreadable file of many is said by the run, which reads the others
        if (path is not null && filesFrom is not null
            && SourceFiles.Expand(options, filesFrom) is { Files.Count: 0 } nothing)
            foreach (var fault in nothing.Faults)
                faults.Add(section.Place("path"), fault);
        return id is null || kind is null || path is null || format is null ? null : options;
    }

    private void CheckId(Section section, string id)
    {
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || id.Length > 64)
            faults.Add(section.Place("id"), "an id is letters, digits, '-', '_' and '.', at most 64");
        else if (!_ids.Add(id))
            faults.Add(section.Place("id"), $"the id '{id}' is taken by another source");
    }

    private SourceKind? Kind(Section section)
    {
        var text = section.RequiredText("kind");
        if (text is null)
            return null;
        foreach (var kind in Enum.GetValues<SourceKind>())
            if (text == NameOf(kind))
                return kind;
        var known = Enum.GetValues<SourceKind>().Select(NameOf).ToList();
        faults.Add(section.Place("kind"),
            $"a source has no kind '{text}': it is one of {string.Join(", ", known)}.{NearestWord.Hint(text, known)}");
        return null;
    }

    private void CheckFormat(Section section, string format, IReadOnlyDictionary<string, string> fields)
    {
        if (format.AsSpan().ContainsAny('$', '%') || KnownWords.Formats.Contains(format))
        {
            foreach (var fault in FormatCatalog.Validate(new FormatOptions(format, fields)))
                faults.Add(section.Place("format"), fault);
            return;
        }
        faults.Add(section.Place("format"),
            $"there is no format '{format}', and it is no format string."
            + NearestWord.Hint(format, KnownWords.Formats));
    }

    private Dictionary<string, string> Fields(Section section, SourceKind? kind)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (section.Value("fields") is not { } value)
            return fields;
        var mapping = new Section(value, "'fields'", KnownWords.AllFields, faults);
        foreach (var (key, _) in value.Entries)
        {
            if (fields.ContainsKey(key.Text) || mapping.Value(key.Text) is null)
                continue;
            if (kind is { } known && !KnownWords.Fields(known).Contains(key.Text))
                faults.Add(key, $"a source of kind {NameOf(known)} does not give '{key.Text}'");
            else if (mapping.Text(key.Text) is { } name)
                fields.Add(key.Text, name);
        }
        return fields;
    }

    private static string NameOf(SourceKind kind) => kind.ToString().ToLowerInvariant();
}
