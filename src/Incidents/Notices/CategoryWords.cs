using System.Text.Json;
using System.Text.Json.Serialization;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>What a data category is called in a notice, how it may be recognised, and what it calls for.</summary>
internal sealed record CategoryWord
{
    public required string Ko { get; init; }
    public required string En { get; init; }
    public required string[] KoTerms { get; init; }
    public required string[] EnTerms { get; init; }
    public string? KoAdvice { get; init; }
    public string? EnAdvice { get; init; }

    /// <summary>Words all of which must stand together in a line of advice.</summary>
    public string[]? KoMust { get; init; }
    public string[]? EnMust { get; init; }

    public string Name(Language language) => language == Language.Korean ? Ko : En;
    public string? Advice(Language language) => language == Language.Korean ? KoAdvice : EnAdvice;
    public string[] Must(Language language) => (language == Language.Korean ? KoMust : EnMust) ?? [];

    public bool IsIn(string text, Language language) => (language == Language.Korean ? KoTerms : EnTerms)
        .Any(term => text.Contains(term, StringComparison.OrdinalIgnoreCase));
}

internal static class CategoryWords
{
    public static readonly IReadOnlyDictionary<string, CategoryWord> All = JsonSerializer.Deserialize(
        NoticeTemplates.Resource("categories.json"), CategoryJson.Default.DictionaryStringCategoryWord)!;

    /// <summary>The name of a category; its id where this version knows no better.</summary>
    public static string Name(string category, Language language) =>
        All.TryGetValue(category, out var word) ? word.Name(language) : category;

    /// <summary>True when the text names the category, in any of its usual words.</summary>
    public static bool Names(string text, string category, Language language) => All.TryGetValue(category, out var word)
        ? word.IsIn(text, language)
        : text.Contains(category, StringComparison.OrdinalIgnoreCase);
}

[JsonSerializable(typeof(Dictionary<string, CategoryWord>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class CategoryJson : JsonSerializerContext;
