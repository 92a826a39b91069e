using System.Globalization;
using WhoSaw.Records;
using WhoSaw.Scoping.Exposures;

namespace WhoSaw.Incidents.Cases;

/// <summary>
/// The numbers of a scope as a case keeps them: who was exposed, to which categories, since when. Accounts, views and
/// people are different numbers.
/// </summary>
public sealed record CaseScope
{
    public required int Version { get; init; }
    public required long Accounts { get; init; }
    public required long Views { get; init; }
    public long? PeopleKnown { get; init; }
    public required long PeopleAtLeast { get; init; }

    /// <summary>Null where nothing limits them.</summary>
    public long? PeopleAtMost { get; init; }
    public long? Members { get; init; }

    /// <summary>People who are in address books alone.</summary>
    public long? NonMembers { get; init; }

    /// <summary>Data categories that were shown, by name.</summary>
    public required IReadOnlyList<string> Categories { get; init; }
    public EventTime? First { get; init; }
    public EventTime? Last { get; init; }

    /// <summary>True when no log has a gap.</summary>
    public required bool Complete { get; init; }
    public string? Sha256 { get; init; }

    /// <summary>The numbers of a scope that was computed, as facts of an event.</summary>
    public static IReadOnlyDictionary<string, string> FactsOf(Scope scope)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["accounts"] = Text(scope.Accounts),
            ["views"] = Text(scope.Views),
            ["people.at-least"] = Text(scope.People.AtLeast),
            ["categories"] = string.Join(',', scope.Categories.Select(each => each.Name)),
            ["complete"] = scope.Coverage.Complete ? "yes" : "no",
        };
        Add(facts, "people.at-most", scope.People.AtMost);
        Add(facts, "people.known", scope.People.Known);
        Add(facts, "people.members", scope.People.Members);
        Add(facts, "people.non-members", scope.People.NonMembers);
        if (scope.First is { } first)
            facts["first"] = first.ToString();
        if (scope.Last is { } last)
            facts["last"] = last.ToString();
        return facts;
    }

    /// <summary>Throws <see cref="FormatException"/> when a number is missing or is none.</summary>
    public static CaseScope Of(CaseEvent issued)
    {
        var facts = issued.Facts;
        return new CaseScope
        {
            Version = issued.Version ?? 1,
            Accounts = Number("accounts") ?? throw Missing("accounts"),
            Views = Number("views") ?? throw Missing("views"),
            PeopleKnown = Number("people.known"),
            PeopleAtLeast = Number("people.at-least") ?? throw Missing("people.at-least"),
            PeopleAtMost = Number("people.at-most"),
            Members = Number("people.members"),
            NonMembers = Number("people.non-members"),
            Categories = facts.GetValueOrDefault("categories", "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            First = Time("first"),
            Last = Time("last"),
            Complete = facts.GetValueOrDefault("complete") == "yes",
            Sha256 = issued.Sha256,
        };

        long? Number(string name) => facts.TryGetValue(name, out var text)
            ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

        EventTime? Time(string name) => facts.TryGetValue(name, out var text)
            ? EventTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))
            : null;
    }

    private static FormatException Missing(string name) => new($"the scope of a case does not say {name}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Add(SortedDictionary<string, string> facts, string name, long? number)
    {
        if (number is { } value)
            facts[name] = Text(value);
    }
}
