using System.Globalization;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;

namespace WhoSaw.Incidents.Tests;

/// <summary>A case as it is told: what happened when.</summary>
internal sealed class Story
{
    public static readonly LawBook Laws = LawBook.Embedded();

    private Story(Case incident) => Case = incident;

    public Case Case { get; private set; }

    public static EventTime At(string time) =>
        EventTime.From(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    /// <summary>Opened at that time; facts as <c>name=value</c> with blanks between.</summary>
    public static Story Opened(string at, string facts = "") => new(Case.Begin(new CaseEvent
    {
        Case = "C1",
        Number = 1,
        Kind = CaseEventKind.Opened,
        At = At(at),
        Recorded = At(at),
        By = "opener",
        Facts = Facts(facts),
    }));

    public Story Then(
        string kind, string at, string? duty = null, string facts = "", int? version = null, string by = "kim",
        string? digest = null)
    {
        var added = new CaseEvent
        {
            Case = "C1",
            Number = Case.Events.Count + 1,
            Kind = new CaseEventKind(kind),
            At = At(at),
            Recorded = At(at),
            By = by,
            Evidence = [digest is null ? "reference:ticket 1" : CaseEvent.DigestPrefix + digest],
            Duties = duty is null ? [] : duty.Split(' '),
            Facts = Facts(facts),
            Version = version,
            Note = kind is "duty-exempted" or "withdrawn" ? "as counsel said" : null,
        };
        Assert.Empty(CaseRules.Faults(Case, added));
        Case = Case.With(added);
        return this;
    }

    public Story Facts(string at, string facts) => Then("facts-stated", at, facts: facts);

    public Story Scope(
        string at, long people, string categories = "name,phone,address", int version = 1, long? atMost = null) =>
        Then("scope-issued", at, version: version, facts: string.Create(CultureInfo.InvariantCulture,
            $"accounts={people} views={people * 3} people.known={people} people.at-least={people} ")
            + string.Create(CultureInfo.InvariantCulture, $"people.at-most={atMost ?? people} ")
            + $"categories={categories} complete=yes first=2026-11-01T00:00:00Z last=2026-11-20T12:00:00Z");

    public IReadOnlyList<Clock> Clocks(string now) => ClockBoard.Of(Case, Laws, At(now));

    public Clock Clock(string duty, string now) => Assert.Single(Clocks(now), clock => clock.Duty.Id == duty);

    private static Dictionary<string, string> Facts(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);
}
