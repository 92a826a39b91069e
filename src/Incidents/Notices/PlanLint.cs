using System.Globalization;
using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Notices;

/// <summary>Who is told and for how long: a right text that reaches too few people is a wrong notice.</summary>
internal static class PlanLint
{
    public static IEnumerable<LintFault> Faults(NoticeDraft draft, LintContext context)
    {
        if (draft.Template.Id == "posting")
            foreach (var fault in PostingTextFaults(draft))
                yield return fault;
        foreach (var fault in PostingFaults(context.Case, context.Zone, context.Today))
            yield return fault;
        if (draft.Template.ToPeople && context.Recipients is { } plan)
            foreach (var fault in RecipientFaults(context.Case.Scope, plan)
                .Concat(ResidenceFaults(draft.Template, context.Case, plan)))
                yield return fault;
    }

    private static IEnumerable<LintFault> PostingTextFaults(NoticeDraft draft)
    {
        if (draft.Section("posting") is not { } section)
            yield break;
        var dates = NoticeDates.In(section.Text);
        if (dates.Count < 2)
            yield return new("posting-dates", "[posting] names the first and the last day of the posting");
        else if (Period.DaysBetween(dates[0], dates[^1]) < Posting.Days)
            yield return new("posting-short", string.Create(CultureInfo.InvariantCulture,
                $"the posting is to stay for {Period.DaysBetween(dates[0], dates[^1])} days; 30 is the least"),
                $"{NoticeDates.Text(dates[0], draft.Language)} – {NoticeDates.Text(dates[^1], draft.Language)}");
    }

    /// <summary>What became of the last posting of this case, by the events. An earlier one that fell short is made
    /// good by it.</summary>
    private static IEnumerable<LintFault> PostingFaults(Case incident, DateTimeZone zone, LocalDate today)
    {
        if (Posting.Of(incident) is not [.., var posting])
            yield break;
        var up = posting.Up.DayIn(zone);
        if (posting.Down is { } down)
        {
            var days = Period.DaysBetween(up, down.DayIn(zone));
            if (days <= Posting.Days && down.At - posting.Up.At < Posting.Days * Records.EventTime.Day)
                yield return new("posting-taken-down", string.Create(CultureInfo.InvariantCulture,
                    $"the posting of {up:uuuu-MM-dd} was taken down after {days} days; 30 is the least"),
                    string.Create(CultureInfo.InvariantCulture, $"{up:uuuu-MM-dd}"))
                { IsOfText = false };
            yield break;
        }
        foreach (var day in posting.UnseenDays(incident, zone, today))
            yield return new("posting-unseen", string.Create(CultureInfo.InvariantCulture,
                $"nobody has shown that the posting was up on {day:uuuu-MM-dd}"),
                string.Create(CultureInfo.InvariantCulture, $"{day:uuuu-MM-dd}"))
            { IsOfText = false };
    }

    private static IEnumerable<LintFault> RecipientFaults(CaseScope? scope, RecipientPlan plan)
    {
        if (scope is null)
            yield break;
        if (scope.NonMembers is { } others && others > 0 && plan.AddressBook < others)
            yield return new("address-book-untold", string.Create(CultureInfo.InvariantCulture,
                $"{others:#,0} people are in address books alone, and {plan.AddressBook:#,0} of them are to be told"),
                Share(plan.AddressBook, others));
        if (scope.Members is { } members && plan.Holders < members)
            yield return new("holders-untold", string.Create(CultureInfo.InvariantCulture,
                $"{members:#,0} holders of accounts were exposed, and {plan.Holders:#,0} are to be told"),
                Share(plan.Holders, members));
        if (plan.Unreachable > 0 && !plan.WillPost)
            yield return new("unreachable-untold", string.Create(CultureInfo.InvariantCulture,
                $"{plan.Unreachable:#,0} people have no contact, and no posting is planned"),
                string.Create(CultureInfo.InvariantCulture, $"{plan.Unreachable:#,0}"));
    }

    /// <summary>
    /// Contacts do not say where people live: a letter of one law goes to a scope of those whom it is for.
    /// </summary>
    private static IEnumerable<LintFault> ResidenceFaults(NoticeTemplate template, Case incident, RecipientPlan plan)
    {
        var people = plan.Holders + plan.AddressBook;
        if (template.Residents is { } where && Circumstances.Of(incident).PeopleIn(where).Low is var there
            && there < people)
            yield return new("people-elsewhere", string.Create(CultureInfo.InvariantCulture,
                $"the notice {template.Id} is for people in {where}; by the facts {there:#,0} of the {people:#,0} ")
                + $"live there: state home={where}, or open a case whose scope is theirs alone", Share(there, people));
    }

    private static string Share(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{part:#,0} / {whole:#,0}");
}
