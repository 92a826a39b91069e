using System.Globalization;
using System.Text.Json;
using WhoSaw.Incidents.Cases;

namespace WhoSaw.Incidents.Clocks;

/// <summary>Whether a duty applies, as far as it is known.</summary>
public enum Truth
{
    No,
    Unknown,
    Yes,
}

/// <summary>An answer with what it rests on.</summary>
/// <param name="Because">Why, where it is yes or no: pieces such as <c>external-access</c> or <c>people ≥
/// 1000</c>.</param>
/// <param name="Missing">Facts that would have to be known, by name.</param>
public sealed record Answer(Truth Truth, IReadOnlyList<string> Because, IReadOnlyList<string> Missing);

/// <summary>
/// What must be so for a duty to apply: all, any, not, a fact, a number of people, a data category, residents, an event
/// or a notice that was sent. What nobody stated is unknown, and unknown is neither yes nor no.
/// </summary>
internal abstract record Condition
{
    public static readonly Condition Always = new All([]);

    public abstract Answer Evaluate(Circumstances of);

    /// <summary>
    /// Reads <c>{"all": […]}</c> and so on; throws <see cref="FormatException"/> with what is wrong.
    /// </summary>
    public static Condition Parse(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.True)
            return Always;
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException("a condition is an object, or true");
        var members = json.EnumerateObject().ToDictionary(each => each.Name, each => each.Value);
        var kind = members.Keys.FirstOrDefault() ?? throw new FormatException("a condition is empty");
        return (kind, members.Count) switch
        {
            ("all", 1) => new All(Several(members[kind])),
            ("any", 1) => new Any(Several(members[kind])),
            ("not", 1) => new Not(Parse(members[kind])),
            ("fact", 1) => new FactIs(Known(members[kind].GetString()!), ["yes"]),
            ("fact", 2) => new FactIs(Known(members[kind].GetString()!), Texts(members["is"])),
            ("people", 2) => new PeopleAtLeast(members[kind].GetInt64(), members["in"].GetString()!),
            ("category", 1) => new HasCategory(Texts(members[kind])),
            ("event", 1) => new Happened(Texts(members[kind])),
            ("sent", 1) => new Sent(members[kind].GetString()!),
            _ => throw new FormatException($"there is no condition {kind} with {members.Count} members"),
        };
    }

    private static IReadOnlyList<Condition> Several(JsonElement json) => [.. json.EnumerateArray().Select(Parse)];

    private static string Known(string name) => CaseFacts.Catalog.Any(fact => fact.Name == name)
        ? name
        : throw new FormatException($"there is no fact {name}");

    private static IReadOnlyList<string> Texts(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select(each => each.GetString()!)]
        : [json.GetString()!];

    private sealed record All(IReadOnlyList<Condition> Parts) : Condition
    {
        public override Answer Evaluate(Circumstances of) =>
            Fold([.. Parts.Select(part => part.Evaluate(of))], decides: Truth.No, otherwise: Truth.Yes);
    }

    private sealed record Any(IReadOnlyList<Condition> Parts) : Condition
    {
        public override Answer Evaluate(Circumstances of) =>
            Fold([.. Parts.Select(part => part.Evaluate(of))], decides: Truth.Yes, otherwise: Truth.No);
    }

    private sealed record Not(Condition Part) : Condition
    {
        public override Answer Evaluate(Circumstances of)
        {
            var answer = Part.Evaluate(of);
            return answer with { Truth = (Truth)(Truth.Yes - answer.Truth) };
        }
    }

    private sealed record FactIs(string Name, IReadOnlyList<string> Values) : Condition
    {
        public override Answer Evaluate(Circumstances of) => of.Facts[Name] is not { } value
            ? new Answer(Truth.Unknown, [], [Name])
            : new Answer(Values.Contains(value) ? Truth.Yes : Truth.No, [$"{Name}: {value}"], []);
    }

    private sealed record PeopleAtLeast(long Number, string Where) : Condition
    {
        public override Answer Evaluate(Circumstances of)
        {
            var (low, high) = of.PeopleIn(Where);
            var number = Number.ToString("#,0", CultureInfo.InvariantCulture);
            return low >= Number ? new Answer(Truth.Yes, [$"people in {Where} ≥ {number}"], [])
                : high < Number ? new Answer(Truth.No, [$"people in {Where} < {number}"], [])
                : new Answer(Truth.Unknown, [], of.Scope is null
                    ? ["scope"]
                    : [of.Facts["home"] is null ? "home" : CaseFacts.ResidentsPrefix + Where]);
        }
    }

    private sealed record HasCategory(IReadOnlyList<string> Names) : Condition
    {
        public override Answer Evaluate(Circumstances of)
        {
            if (of.Scope is not { } scope)
                return new Answer(Truth.Unknown, [], ["scope"]);
            var found = Names.Intersect(scope.Categories).ToList();
            return found.Count > 0
                ? new Answer(Truth.Yes, found, [])
                : new Answer(Truth.No, ["no " + string.Join(", ", Names)], []);
        }
    }

    private sealed record Happened(IReadOnlyList<string> Kinds) : Condition
    {
        public override Answer Evaluate(Circumstances of) =>
            of.Case.Earliest(Kinds.Select(kind => new CaseEventKind(kind))) is { } found
                ? new Answer(Truth.Yes, [found.Kind.Name], [])
                : new Answer(Truth.No, ["no " + string.Join(", ", Kinds)], []);
    }

    private sealed record Sent(string Duty) : Condition
    {
        public override Answer Evaluate(Circumstances of) => of.Case.All(CaseEventKind.NoticeSent)
            .Any(each => each.Duties.Contains(Duty))
            ? new Answer(Truth.Yes, [$"{Duty} was sent"], [])
            : new Answer(Truth.No, [$"{Duty} was not sent"], []);
    }

    /// <summary>One part of the deciding truth decides; else one unknown leaves it open.</summary>
    private static Answer Fold(List<Answer> answers, Truth decides, Truth otherwise)
    {
        if (answers.Where(each => each.Truth == decides).ToList() is { Count: > 0 } decisive)
            return new Answer(decides, [.. decisive.SelectMany(each => each.Because).Distinct()], []);
        if (answers.Where(each => each.Truth == Truth.Unknown).ToList() is { Count: > 0 } open)
            return new Answer(Truth.Unknown, [], [.. open.SelectMany(each => each.Missing).Distinct()]);
        return new Answer(otherwise, [.. answers.SelectMany(each => each.Because).Distinct()], []);
    }
}

/// <summary>What a condition may look at.</summary>
internal sealed record Circumstances(Case Case, CaseFacts Facts, CaseScope? Scope)
{
    public static Circumstances Of(Case incident) => new(incident, incident.Facts, incident.Scope);

    /// <summary>
    /// How many of the people live there, at least and at most; null where nothing limits it. Whoever's residence was
    /// not stated lives at home, where home was stated.
    /// </summary>
    public (long Low, long? High) PeopleIn(string jurisdiction)
    {
        if (Facts.Residents(jurisdiction) is { } stated)
            return (stated, stated);
        if (Facts["home"] is { } home && !IsWithin(home, jurisdiction))
            return jurisdiction == "US" && Facts.Residents("US-CA") is { } state ? (state, null) : (0, 0);
        if (Scope is not { } scope)
            return (0, null);
        if (Facts["home"] is null)
            return (0, scope.PeopleAtMost);
        // California lies in the United States: its people are not taken away twice
        var elsewhere = CaseFacts.Jurisdictions
            .Where(each => !IsWithin(each, jurisdiction) && !(each == "US-CA" && Facts.Residents("US") is not null))
            .Sum(each => Facts.Residents(each) ?? 0);
        return (Math.Max(0, scope.PeopleAtLeast - elsewhere),
            scope.PeopleAtMost is { } most ? Math.Max(0, most - elsewhere) : null);
    }

    private static bool IsWithin(string part, string whole) =>
        part == whole || part.StartsWith(whole + "-", StringComparison.Ordinal);
}
