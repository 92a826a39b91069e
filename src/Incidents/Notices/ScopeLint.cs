using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>
/// What is printed must be what the scope says: categories, dates, numbers, and that logs are missing.
/// </summary>
internal static partial class ScopeLint
{
    private static readonly string[] Denials =
        ["유출되지 않", "노출되지 않", "포함되지 않", "안전하", "not leaked", "did not leak", "not affected",
            "not included", "is safe", "are safe", "was not exposed", "were not exposed"];

    public static IEnumerable<LintFault> Faults(NoticeDraft draft, LintContext context)
    {
        if (context.Case.Scope is not { } scope)
        {
            if (draft.Template.NeedsScope)
                yield return new("no-scope", "nobody has computed a scope: whosaw case scope");
            yield break;
        }
        foreach (var fault in CategoryFaults(draft, scope).Concat(DateFaults(draft, scope, context))
            .Concat(NumberFaults(draft, scope)).Concat(GapFaults(draft, scope)))
            yield return fault;
    }

    private static IEnumerable<LintFault> CategoryFaults(NoticeDraft draft, CaseScope scope)
    {
        if (draft.Section("categories") is { } section)
        {
            foreach (var category in scope.Categories)
                if (!section.Lines.Any(line => Names(line, category, draft.Language)))
                    yield return new("category-missing",
                        $"{CategoryWords.Name(category, draft.Language)} was exposed and is not named",
                        CategoryWords.Name(category, draft.Language));
            foreach (var line in section.Lines)
                if (line.StartsWith("- ", StringComparison.Ordinal)
                    && CategoryWords.All.Keys.Where(each => Names(line, each, draft.Language)).ToList() is
                    { Count: > 0 } named && !named.Exists(each => scope.Categories.Contains(each)))
                    yield return new("category-extra", $"\"{line[2..]}\" is named and was not exposed by this scope",
                        $"\"{line[2..]}\"");
        }
        foreach (var sentence in Sentences(draft))
            if (Denials.FirstOrDefault(word => Has(sentence, word)) is not null)
                foreach (var category in scope.Categories)
                    if (Names(sentence, category, draft.Language))
                        yield return new("category-denied",
                            $"{CategoryWords.Name(category, draft.Language)} was exposed; denied by \"{sentence}\"",
                            $"\"{sentence}\"");
    }

    private static IEnumerable<LintFault> DateFaults(NoticeDraft draft, CaseScope scope, LintContext context)
    {
        if (draft.Section("when") is not { } section || scope is not { First: { } first, Last: { } last })
            yield break;
        var dates = NoticeDates.In(section.Text);
        var (begin, end) = (DayOf(first, context.Zone), DayOf(last, context.Zone));
        if (dates.Count == 0)
        {
            yield return new("dates-missing", $"[when] has no date; it was {Day(begin, draft)} to {Day(end, draft)}",
                $"{Day(begin, draft)} – {Day(end, draft)}");
            yield break;
        }
        if (!dates.Contains(begin))
            yield return new("first-date", $"[when] does not name the first day, {Day(begin, draft)}",
                Day(begin, draft));
        if (!dates.Contains(end))
            yield return new("last-date", $"[when] does not name the last day, {Day(end, draft)}",
                Day(end, draft));
        if (dates.FirstOrDefault(day => day > context.Today) is { Year: > 1 } future)
            yield return new("future-date", $"[when] names {Day(future, draft)}, which has not come",
                Day(future, draft));
    }

    private static IEnumerable<LintFault> NumberFaults(NoticeDraft draft, CaseScope scope)
    {
        if (draft.Section("number") is not { } section)
            yield break;
        var numbers = Numbers().Matches(section.Text)
            .Select(match => long.TryParse(match.Value.Replace(",", "", StringComparison.Ordinal),
                NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToHashSet();
        var people = NoticeWriter.People(scope, draft.Language);
        if (!numbers.Contains(scope.PeopleAtLeast) || (scope.PeopleAtMost is { } most && !numbers.Contains(most)))
            yield return new("number-wrong", string.Create(CultureInfo.InvariantCulture,
                $"[number] does not say {people} people, which is what the scope says"), people);
        if (scope.Accounts != scope.PeopleAtLeast
            && PeopleOf(draft.Language).Match(section.Text) is { Success: true } said
            && said.Groups[1].Value.Replace(",", "", StringComparison.Ordinal)
                == scope.Accounts.ToString(CultureInfo.InvariantCulture))
            yield return new("accounts-for-people", "[number] gives the number of accounts as that of people");
    }

    /// <summary>Logs that are missing are told: a scope with gaps is a least number.</summary>
    private static IEnumerable<LintFault> GapFaults(NoticeDraft draft, CaseScope scope)
    {
        if (scope.Complete || draft.Template.Id is "refuted" or "sec")
            yield break;
        var told = draft.Language == Language.Korean
            ? Has(draft.Text, "접속기록") || Has(draft.Text, "로그")
            : Has(draft.Text, "records of part of the time") || Has(draft.Text, "logs") || Has(draft.Text, "missing");
        if (!told)
            yield return new("gap-untold", "the logs have gaps, and the notice does not say so");
    }

    /// <summary>Entrance codes are told apart from addresses: a line that names both names both.</summary>
    private static bool Names(string line, string category, Language language) =>
        CategoryWords.Names(line, category, language);

    internal static IEnumerable<string> Sentences(NoticeDraft draft) => draft.Opening
        .Concat(draft.Sections.SelectMany(each => each.Lines)).Prepend(draft.Title)
        .SelectMany(line => SentenceEnd().Split(line)).Select(each => each.TrimStart('-', ' ').Trim())
        .Where(each => each.Length > 0);

    private static LocalDate DayOf(EventTime time, DateTimeZone zone) => LegalTime.InstantOf(time).InZone(zone).Date;

    private static string Day(LocalDate day, NoticeDraft draft) => NoticeDates.Text(day, draft.Language);

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Regex PeopleOf(Language language) => language == Language.Korean ? KoreanPeople() : EnglishPeople();

    [GeneratedRegex(@"(?<=[.!?다요])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"정보주체\s*([\d,]+)\s*명")]
    private static partial Regex KoreanPeople();

    [GeneratedRegex(@"([\d,]+) people")]
    private static partial Regex EnglishPeople();
}
