using System.Globalization;
using Fluid;
using NodaTime;
using NodaTime.Text;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Records;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>Writes a draft from a case. The same case gives the same text: nothing in it is the clock's.</summary>
public static class NoticeWriter
{
    private static readonly OffsetPattern Offset = OffsetPattern.CreateWithInvariantCulture("+HH:mm");
    private static readonly FluidParser Parser = new();
    private static readonly TemplateOptions Options = new() { CultureInfo = CultureInfo.InvariantCulture };

    /// <remarks>Throws <see cref="FormatException"/> where there is no such template in that language.</remarks>
    /// <param name="zone">The zone in which dates are told.</param>
    /// <param name="posting">For a posting: its first day; it is told to stay up for thirty full days after it.</param>
    public static NoticeDraft Write(
        Case incident, NoticeTemplate template, Language language, NoticeParticulars particulars, DateTimeZone zone,
        int version, LocalDate? posting = null)
    {
        if (!template.Languages.Contains(language))
            throw new FormatException($"the notice {template.Id} is there in "
                + string.Join(", ", template.Languages.Select(each => each.Code())) + " alone: say so with --language");
        var values = Values(incident, template, language, particulars, zone, version, posting);
        var context = new TemplateContext(values, Options);
        var text = Parser.Parse(NoticeTemplates.Resource($"{template.Id}.{language.Code()}.liquid")).Render(context);
        var scope = incident.Scope?.Version ?? 0;
        var head = string.Create(CultureInfo.InvariantCulture,
            $"@notice case={incident.Id} template={template.Id} language={language.Code()} scope={scope} ")
            + string.Create(CultureInfo.InvariantCulture, $"version={version}\n");
        return NoticeDraft.Parse(head + text);
    }

    private static Dictionary<string, object?> Values(
        Case incident, NoticeTemplate template, Language language, NoticeParticulars particulars, DateTimeZone zone,
        int version, LocalDate? posting)
    {
        var scope = incident.Scope;
        return new Dictionary<string, object?>
        {
            ["drill"] = incident.IsDrill ? language == Language.Korean ? "[훈련 DRILL] " : "[DRILL] " : "",
            ["version"] = version,
            ["organisation"] = particulars.Organisation,
            ["department"] = particulars.Department,
            ["phone"] = particulars.Phone,
            ["email"] = particulars.Email,
            ["hours"] = particulars.Hours,
            ["officer"] = particulars.Officer ?? particulars.Department,
            ["how"] = particulars.How,
            ["response"] = particulars.Response,
            ["consequences"] = particulars.Consequences ?? Unknown(language),
            ["impact"] = particulars.Impact ?? Unknown(language),
            ["categories"] = (scope?.Categories ?? []).Select(each => CategoryWords.Name(each, language)).ToList(),
            ["advice"] = Advice(scope, language, particulars),
            ["first"] = scope?.First is { } first ? Moment(first, zone, language) : null,
            ["last"] = scope?.Last is { } last ? Moment(last, zone, language) : null,
            ["incomplete"] = scope is { Complete: false },
            ["accounts"] = Number(scope?.Accounts, language),
            ["views"] = Number(scope?.Views, language),
            ["delayed"] = incident.Facts["law-enforcement-delay"],
            ["residents"] = template.Counts is { } where && incident.Facts.Residents(where) is { } there
                ? Words.Number(there) : null,
            ["people"] = scope is null ? Unknown(language) : People(scope, language),
            ["awareness"] = Awareness(incident, zone, language),
            ["changes"] = version > 1 ? NoticeChanges.Of(incident, template, language, zone) : [],
            ["postedfrom"] = posting is { } day ? NoticeDates.Text(day, language) : "",
            ["posteduntil"] = posting is { } start
                ? NoticeDates.Text(start.PlusDays(Posting.Days), language) : "",
        };
    }

    /// <summary>The four events, each told as what it is.</summary>
    private static List<string> Awareness(Case incident, DateTimeZone zone, Language language)
    {
        var korean = language == Language.Korean;
        (CaseEventKind Kind, string Ko, string En)[] steps =
        [
            (CaseEventKind.SignalRaised, "최초 징후", "first sign"),
            (CaseEventKind.LeakSuspected, "유출 의심", "leak suspected"),
            (CaseEventKind.IllegalAccessKnown, "불법적 접근 인지", "illegal access known"),
            (CaseEventKind.LeakConfirmed, "유출 확인", "leak confirmed"),
            (CaseEventKind.ReportDecided, "신고 결정", "decided to report"),
        ];
        return [.. steps.Select(step => (step, Event: incident.Earliest(step.Kind)))
            .Where(each => each.Event is not null)
            .Select(each => $"{(korean ? each.step.Ko : each.step.En)}: {Moment(each.Event!.At, zone, language)}")];
    }

    private static List<string> Advice(CaseScope? scope, Language language, NoticeParticulars particulars) =>
        [.. (scope?.Categories ?? [])
            .Select(each => CategoryWords.All.GetValueOrDefault(each)?.Advice(language)).OfType<string>()
            .Concat(particulars.PeopleCanDo ?? []).Distinct()];

    internal static string Moment(EventTime time, DateTimeZone zone, Language language)
    {
        var local = LegalTime.InstantOf(time).InZone(zone);
        var text = NoticeDates.Text(local.Date, language)
            + local.LocalDateTime.ToString(" HH:mm", CultureInfo.InvariantCulture);
        // What is in Korean is read in Korea; the others tell one time to authorities of many zones.
        return language == Language.Korean ? text : $"{text} (UTC{Offset.Format(local.Offset)})";
    }

    internal static string People(CaseScope scope, Language language)
    {
        var least = Words.Number(scope.PeopleAtLeast);
        return scope.PeopleAtMost is not { } most ? (language == Language.Korean ? "최소 " : "at least ") + least
            : most == scope.PeopleAtLeast ? least
            : $"{least}–{Words.Number(most)}";
    }

    private static string Number(long? number, Language language) =>
        number is { } known ? Words.Number(known) : Unknown(language);

    private static string Unknown(Language language) => language == Language.Korean ? "확인 중" : "being examined";
}
