using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>A reason why a notice may not go out.</summary>
/// <param name="Code">Stable; a test and a line of docs/incidents.md has it.</param>
/// <param name="Sentence">In English.</param>
/// <param name="About">What of this notice it is about, whatever the language: a quotation, a date.</param>
public sealed record LintFault(string Code, string Sentence, string About = "")
{
    /// <summary>The sentence in the language of the notice.</summary>
    public string In(Language language) => language == Language.Korean ? LintWords.Korean(this) : Sentence;

    /// <summary>False for what happened on the homepage: no other text heals it, so none may wait for it.</summary>
    public bool IsOfText { get; init; } = true;
}

/// <summary>What a notice is held against.</summary>
public sealed record LintContext
{
    public required Case Case { get; init; }
    public required NoticeParticulars Particulars { get; init; }
    public required DateTimeZone Zone { get; init; }

    /// <summary>The day on which it is judged.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>Who will receive it; null while nobody has planned that.</summary>
    public RecipientPlan? Recipients { get; init; }
}

/// <summary>Whom a notice will reach.</summary>
/// <param name="AddressBook">People who are in address books alone.</param>
/// <param name="Unreachable">People without any contact.</param>
/// <param name="WillPost">Whether those without a contact are told by a posting.</param>
public sealed record RecipientPlan(long Holders, long AddressBook, long Unreachable, bool WillPost);

/// <summary>
/// Refuses a notice that does not match the scope or the law. It judges what people wrote: it cannot see that a
/// sentence is untrue, only that it is missing, forbidden, or contradicts the scope.
/// </summary>
public static class NoticeLinter
{
    /// <summary>All faults; none when the notice may be approved.</summary>
    public static IReadOnlyList<LintFault> Faults(NoticeDraft draft, LintContext context) =>
    [
        .. StateFaults(draft, context),
        .. SectionLint.Faults(draft, context),
        .. ScopeLint.Faults(draft, context),
        .. WordLint.Faults(draft, context),
        .. PlanLint.Faults(draft, context),
    ];

    private static IEnumerable<LintFault> StateFaults(NoticeDraft draft, LintContext context)
    {
        var incident = context.Case;
        if (draft.Case != incident.Id)
            yield return new(
                "other-case", $"the notice was written for {draft.Case}, not for {incident.Id}", draft.Case);
        if (!draft.Template.States.Contains(incident.State))
            yield return new("wrong-state", $"the notice {draft.Template.Id} is for a case that is "
                + $"{string.Join(" or ", draft.Template.States).ToLowerInvariant()}; {incident.Id} is "
                + incident.State.ToString().ToLowerInvariant(), draft.Template.Id);
        if (draft.Scope != (incident.Scope?.Version ?? 0))
            yield return new("stale-scope", $"the notice was written from scope {draft.Scope}; the case is at scope "
                + $"{incident.Scope?.Version ?? 0}: draft it anew",
                $"{draft.Scope} → {incident.Scope?.Version ?? 0}");
        var marked = draft.Title.Contains("DRILL", StringComparison.Ordinal);
        if (incident.IsDrill && !marked)
            yield return new("drill-unmarked", "the title of a notice of an exercise says DRILL");
        if (!incident.IsDrill && marked)
            yield return new("drill-marked", "the title says DRILL, and the case is none");
        var digest = draft.Digest();
        var another = incident.All(CaseEventKind.NoticeSent)
            .Any(each => each.Sha256 != digest && each.Duties.Intersect(draft.Template.Duties).Any());
        if (another && draft.Version == 1)
            yield return new("not-a-supplement", "a notice of this kind has been sent: draft the next version");
        if (draft.Version > 1 && draft.Template.Id != "refuted" && draft.Section("changes") is null)
            yield return new("changes-missing", "a further notice says what has changed, in a section [changes]");
    }
}
