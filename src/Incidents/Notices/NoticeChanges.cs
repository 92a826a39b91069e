using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>What the latest scope says that those who were told last do not know: the body of a supplement.</summary>
internal static class NoticeChanges
{
    public static List<string> Of(Case incident, NoticeTemplate template, Language language, DateTimeZone zone)
    {
        if (incident.Scope is not { } after)
            return [];
        var before = Told(incident, template);
        var korean = language == Language.Korean;
        var changes = new List<string>();
        var added = Names(after.Categories.Except(before?.Categories ?? []), language);
        var gone = Names((before?.Categories ?? []).Except(after.Categories), language);
        var maybe = template.States.Contains(CaseState.Suspected);
        if (added.Length > 0)
            changes.Add(maybe ? (korean ? $"추가된 항목: {added}" : $"added: {added}")
                : korean ? $"추가로 확인된 항목: {added}" : $"also exposed: {added}");
        if (gone.Length > 0)
            changes.Add(maybe ? (korean ? $"제외된 항목: {gone}" : $"no longer among it: {gone}")
                : korean ? $"유출 항목에서 제외: {gone}" : $"no longer counted as exposed: {gone}");
        if (after.First != before?.First && after.First is { } first)
            changes.Add((korean ? "최초 유출 시점: " : "first time: ") + NoticeWriter.Moment(first, zone, language));
        if (after.Last != before?.Last && after.Last is { } last)
            changes.Add((korean ? "마지막 유출 시점: " : "last time: ") + NoticeWriter.Moment(last, zone, language));
        var are = NoticeWriter.People(after, language);
        if (before is null)
            changes.Add(korean ? $"정보주체 수: {are}명" : $"people: {are}");
        else if (NoticeWriter.People(before, language) is var were && were != are)
            changes.Add(korean ? $"정보주체 수: {were}명에서 {are}명으로" : $"people: {were} before, {are} now");
        return changes;
    }

    /// <summary>
    /// The scope of the last notice of this kind: the latest when its text was approved, or, where nobody approved a
    /// text here, when it was sent.
    /// </summary>
    private static CaseScope? Told(Case incident, NoticeTemplate template)
    {
        if (incident.All(CaseEventKind.NoticeSent)
            .LastOrDefault(each => each.Duties.Intersect(template.Duties).Any()) is not { } sent)
            return null;
        var text = incident.Events.LastOrDefault(each => each.Kind == CaseEventKind.NoticeApproved
            && each.Sha256 is { } digest && digest == sent.Sha256) ?? sent;
        return incident.Events.LastOrDefault(each => each.Kind == CaseEventKind.ScopeIssued
            && each.Number < text.Number) is { } issued ? CaseScope.Of(issued) : null;
    }

    private static string Names(IEnumerable<string> categories, Language language) =>
        string.Join(", ", categories.Select(each => CategoryWords.Name(each, language)));
}
