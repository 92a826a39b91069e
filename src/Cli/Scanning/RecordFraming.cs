using WhoSaw.Intake.Formats;
using WhoSaw.Intake.Sources;

namespace WhoSaw.Cli.Scanning;

/// <summary>How records end, as the journal names it: one can be shown whole without the configuration.</summary>
internal static class RecordFraming
{
    private static readonly Dictionary<string, Framing> Names = new(StringComparer.Ordinal)
    {
        ["quoted-lines"] = Framing.QuotedLines,
        ["json-array"] = Framing.JsonArray,
    };

    /// <summary>Null where a record ends at a line end.</summary>
    public static string? NameOf(SourceOptions source)
    {
        var framing = FormatCatalog.Create(new FormatOptions(source.Format, source.Fields, source.Zone))!.Framing;
        return Names.FirstOrDefault(name => name.Value == framing).Key;
    }

    public static Framing Of(string? name) => name is null ? Framing.Lines : Names.GetValueOrDefault(name);
}
