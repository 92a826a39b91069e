using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>What the latest scope says that the one before did not: the body of a supplement.</summary>
internal static class NoticeChanges
{
    public static List<string> Of(Case incident, Language language, DateTimeZone zone)
    {
        var scopes = incident.All(CaseEventKind.ScopeIssued).Select(CaseScope.Of)
            .OrderBy(each => each.Version).ToList();
        if (scopes.Count < 2)
            return [];
        var (before, after) = (scopes[^2], scopes[^1]);
        var korean = language == Language.Korean;
        var changes = new List<string>();
        var added = Names(after.Categories.Except(before.Categories), language);
        var gone = Names(before.Categories.Except(after.Categories), language);
        if (added.Length > 0)
            changes.Add(korean ? $"추가로 확인된 항목: {added}" : $"also exposed: {added}");
        if (gone.Length > 0)
            changes.Add(korean ? $"유출 항목에서 제외: {gone}" : $"no longer counted as exposed: {gone}");
        if (after.First != before.First && after.First is { } first)
            changes.Add((korean ? "최초 유출 시점: " : "first time: ") + NoticeWriter.Moment(first, zone, language));
        if (after.Last != before.Last && after.Last is { } last)
            changes.Add((korean ? "마지막 유출 시점: " : "last time: ") + NoticeWriter.Moment(last, zone, language));
        var (were, are) = (NoticeWriter.People(before, language), NoticeWriter.People(after, language));
        if (were != are)
            changes.Add(korean ? $"정보주체 수: {were}명에서 {are}명으로" : $"people: {were} before, {are} now");
        return changes;
    }

    private static string Names(IEnumerable<string> categories, Language language) =>
        string.Join(", ", categories.Select(each => CategoryWords.Name(each, language)));
}
