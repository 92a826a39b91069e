using System.Globalization;
using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Notices;

/// <summary>Who is told and for how long: a right text that reaches too few people is a wrong notice.</summary>
internal static class PlanLint
{
    private const int PostingDays = 30;

    public static IEnumerable<LintFault> Faults(NoticeDraft draft, LintContext context)
    {
        if (draft.Template.Id == "posting")
            foreach (var fault in PostingTextFaults(draft))
                yield return fault;
        foreach (var fault in PostingFaults(context.Case, context.Zone, context.Today))
            yield return fault;
        if (draft.Template.ToPeople && context.Recipients is { } plan)
            foreach (var fault in RecipientFaults(context.Case.Scope, plan))
                yield return fault;
    }

    private static IEnumerable<LintFault> PostingTextFaults(NoticeDraft draft)
    {
        if (draft.Section("posting") is not { } section)
            yield break;
        var dates = NoticeDates.In(section.Text);
        if (dates.Count < 2)
            yield return new("posting-dates", "[posting] names the first and the last day of the posting");
        else if (Period.DaysBetween(dates[0], dates[^1]) < PostingDays)
            yield return new("posting-short", string.Create(CultureInfo.InvariantCulture,
                $"the posting is to stay for {Period.DaysBetween(dates[0], dates[^1])} days; 30 is the least"),
                $"{NoticeDates.Text(dates[0], draft.Language)} – {NoticeDates.Text(dates[^1], draft.Language)}");
    }

    /// <summary>What became of postings of this case, by the events.</summary>
    public static IEnumerable<LintFault> PostingFaults(Case incident, DateTimeZone zone, LocalDate today)
    {
        CaseEvent? up = null;
        foreach (var each in incident.All(CaseEventKind.Posted, CaseEventKind.Unposted))
        {
            if (each.Kind == CaseEventKind.Posted)
                up ??= each;
            else if (up is not null)
            {
                var days = Period.DaysBetween(DayOf(up, zone), DayOf(each, zone));
                if (days <= PostingDays && each.At - up.At < PostingDays * Records.EventTime.Day)
                    yield return new("posting-taken-down", string.Create(CultureInfo.InvariantCulture,
                        $"the posting of {DayOf(up, zone):uuuu-MM-dd} was taken down after {days} days; ")
                        + "30 is the least",
                        string.Create(CultureInfo.InvariantCulture, $"{DayOf(up, zone):uuuu-MM-dd}"));
                up = null;
            }
        }
        if (up is null)
            yield break;
        var seen = incident.All(CaseEventKind.PostingSeen).Select(each => DayOf(each, zone)).ToHashSet();
        var first = DayOf(up, zone);
        for (var day = first.PlusDays(1); day < today && day <= first.PlusDays(PostingDays); day = day.PlusDays(1))
            if (!seen.Contains(day))
                yield return new("posting-unseen", string.Create(CultureInfo.InvariantCulture,
                    $"nobody has shown that the posting was up on {day:uuuu-MM-dd}"),
                    string.Create(CultureInfo.InvariantCulture, $"{day:uuuu-MM-dd}"));
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

    private static string Share(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{part:#,0} / {whole:#,0}");

    private static LocalDate DayOf(CaseEvent each, DateTimeZone zone) =>
        LegalTime.InstantOf(each.At).InZone(zone).Date;
}
