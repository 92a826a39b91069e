using NodaTime;
using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Cases;

/// <summary>A notice on the homepage, from the day it went up until it came down.</summary>
/// <param name="Down">Null while it is up.</param>
internal sealed record Posting(CaseEvent Up, CaseEvent? Down)
{
    /// <summary>For how many full days after the first it has to stay.</summary>
    public const int Days = 30;

    /// <summary>One after the other; a second <c>posted</c> while one is up begins none.</summary>
    public static IReadOnlyList<Posting> Of(Case incident)
    {
        var postings = new List<Posting>();
        foreach (var each in incident.All(CaseEventKind.Posted, CaseEventKind.Unposted))
        {
            var isUp = postings is [.., { Down: null }];
            if (each.Kind == CaseEventKind.Posted && !isUp)
                postings.Add(new Posting(each, null));
            else if (each.Kind == CaseEventKind.Unposted && isUp)
                postings[^1] = postings[^1] with { Down = each };
        }
        return postings;
    }

    /// <summary>The days after the first and before today on which nobody has shown that it was up.</summary>
    public IEnumerable<LocalDate> UnseenDays(Case incident, DateTimeZone zone, LocalDate today)
    {
        var seen = incident.All(CaseEventKind.PostingSeen).Select(each => each.DayIn(zone)).ToHashSet();
        var first = Up.DayIn(zone);
        var end = Down is { } down && down.DayIn(zone) < today ? down.DayIn(zone) : today;
        for (var day = first.PlusDays(1); day < end && day <= first.PlusDays(Days); day = day.PlusDays(1))
            if (!seen.Contains(day))
                yield return day;
    }
}
