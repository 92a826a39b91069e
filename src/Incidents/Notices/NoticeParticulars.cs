using System.Text.Json;
using System.Text.Json.Serialization;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>
/// What a person must write of an incident because no log knows it: who the company is, how it happened, what was done.
/// In each language that notices are written in.
/// </summary>
public sealed record NoticeParticulars
{
    public required string Organisation { get; init; }
    public required string Department { get; init; }
    public required string Phone { get; init; }
    public required string Email { get; init; }
    public string? Hours { get; init; }

    /// <summary>The privacy officer, with title.</summary>
    public string? Officer { get; init; }

    /// <summary>What happened, in sentences.</summary>
    public required string How { get; init; }

    /// <summary>What was done, a line each.</summary>
    public required IReadOnlyList<string> Response { get; init; }

    /// <summary>What people can do, beyond what the exposed categories call for.</summary>
    public IReadOnlyList<string>? PeopleCanDo { get; init; }
    public string? Consequences { get; init; }
    public string? Impact { get; init; }

    /// <summary>The only web address that a notice may name, to be typed in: without any scheme.</summary>
    public string? Domain { get; init; }

    /// <summary>
    /// Reads <c>{"ko": {…}, "en": {…}}</c>. Throws <see cref="FormatException"/> that says what is wrong.
    /// </summary>
    public static NoticeParticulars Read(string json, Language language)
    {
        try
        {
            var all = JsonSerializer.Deserialize(json, ParticularsJson.Default.DictionaryStringNoticeParticulars)!;
            return all.TryGetValue(language.Code(), out var found)
                ? found
                : throw new FormatException($"the particulars have no part \"{language.Code()}\"");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"the particulars: {fault.Message}", fault);
        }
    }
}

[JsonSerializable(typeof(Dictionary<string, NoticeParticulars>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
internal sealed partial class ParticularsJson : JsonSerializerContext;
