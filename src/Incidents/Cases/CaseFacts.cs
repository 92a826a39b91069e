using System.Globalization;

namespace WhoSaw.Incidents.Cases;

/// <summary>The values that a fact may take.</summary>
internal enum FactValues
{
    YesNo,
    Number,
    OneOf,
    Jurisdiction,
}

/// <summary>A fact that duties depend on.</summary>
/// <param name="Question">What a person is asked, in English.</param>
internal sealed record FactDefinition(string Name, FactValues Values, string Question, params string[] Choices);

/// <summary>What was stated of a case, by name; what nobody stated is unknown and never assumed.</summary>
public sealed class CaseFacts
{
    internal const string ResidentsPrefix = "residents.";
    private readonly Dictionary<string, string> _values;

    internal static readonly IReadOnlyList<string> Jurisdictions =
        ["KR", "EU", "UK", "US", "US-CA", "JP", "SG", "IN", "TW"];

    internal static readonly IReadOnlyList<FactDefinition> Catalog =
    [
        new("home", FactValues.Jurisdiction, "where people live whose residence was not stated"),
        new("role", FactValues.OneOf, "does the company decide on the data, or hold it for another",
            "controller", "processor"),
        new("external-access", FactValues.YesNo, "was there illegal access from outside to a system or a work device"),
        new("intrusion", FactValues.YesNo, "is it an intrusion into a network or a system"),
        new("online-service", FactValues.YesNo, "does the company provide services over a network"),
        new("persons-identified", FactValues.YesNo, "is it known whose data it is"),
        new("partly-leaked", FactValues.YesNo, "is part of the data confirmed as leaked, and may more be out"),
        new("sensitive", FactValues.YesNo, "is sensitive information among it"),
        new("unique-identifiers", FactValues.YesNo, "are resident, passport, licence or foreigner numbers among it"),
        new("property-damage", FactValues.YesNo, "can the data be used to cause damage to property"),
        new("wrongful-purpose", FactValues.YesNo, "is it likely that somebody did it with a wrongful purpose"),
        new("significant-harm", FactValues.YesNo, "is significant harm to people likely"),
        new("encrypted", FactValues.YesNo, "was the data unintelligible to those who took it, keys included"),
        new("recovered", FactValues.YesNo, "is the path known and was the data recovered before harm was likely"),
        new("risk", FactValues.OneOf, "how high is the risk to people", "none", "risk", "high"),
        new("nis2-entity", FactValues.OneOf, "is the company an entity under NIS2", "essential", "important", "no"),
        new("significant", FactValues.YesNo, "is the incident significant under NIS2"),
        new("pecr-provider", FactValues.YesNo, "does the company provide public electronic communications in the UK"),
        new("sec-registrant", FactValues.YesNo, "does the company file with the SEC"),
        new("in-india", FactValues.YesNo, "is the company bound by the directions of CERT-In"),
        new("public-system", FactValues.YesNo, "is it a public system that the Korean decree designates"),
        new("law-enforcement-delay", FactValues.YesNo, "has law enforcement asked for a delay"),
        new("unreachable-people", FactValues.YesNo, "are there people without any contact"),
        .. Jurisdictions.Select(each => new FactDefinition(
            ResidentsPrefix + each, FactValues.Number, $"how many of the people live in {each}")),
    ];

    private CaseFacts(Dictionary<string, string> values) => _values = values;

    /// <summary>The value of a fact; null when nobody stated it.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The latest statement of each fact, by the order of recording.</summary>
    public static CaseFacts Of(IEnumerable<CaseEvent> events)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in events.Where(each => each.Kind == CaseEventKind.FactsStated
            || each.Kind == CaseEventKind.Opened).SelectMany(each => each.Facts))
            values[name] = value;
        return new CaseFacts(values);
    }

    /// <summary>How many people live there, where somebody counted them.</summary>
    public long? Residents(string jurisdiction) => this[ResidentsPrefix + jurisdiction] is { } text
        ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    /// <summary>What is asked to learn a fact; its name where there is no such question.</summary>
    public static string Question(string name) =>
        Catalog.FirstOrDefault(fact => fact.Name == name)?.Question ?? name;

    /// <summary>What is wrong with a statement, as a sentence; null when it is right.</summary>
    public static string? Fault(string name, string value)
    {
        var fact = Catalog.FirstOrDefault(each => each.Name == name);
        if (fact is null)
            return $"there is no fact {name}; there are {string.Join(", ", Catalog.Select(each => each.Name))}";
        return fact.Values switch
        {
            FactValues.YesNo when value is not ("yes" or "no") => $"{name} takes yes or no",
            FactValues.Number when !long.TryParse(
                value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => $"{name} takes a number of people",
            FactValues.OneOf when !fact.Choices.Contains(value) => $"{name} takes {string.Join(", ", fact.Choices)}",
            FactValues.Jurisdiction when !Jurisdictions.Contains(value) =>
                $"{name} takes {string.Join(", ", Jurisdictions)}",
            _ => null,
        };
    }
}
