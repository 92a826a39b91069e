using NodaTime;
using WhoSaw.Incidents.Cases;
using WhoSaw.Incidents.Notices;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Tests.Notices;

/// <summary>A confirmed leak of a shop, with entrance codes, and a notice of it that is right.</summary>
internal static class Shop
{
    public const string T = "2026-11-23T10:00+09:00";
    public static readonly DateTimeZone Seoul = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    public static NoticeParticulars Particulars(Language language) => NoticeParticulars.Read("""
        {
          "ko": {
            "organisation": "가나다상점", "department": "개인정보보호팀", "phone": "02-0000-0000",
            "email": "privacy@example.com", "hours": "평일 9시~18시", "officer": "개인정보 보호책임자",
            "how": "퇴사자가 보관하던 서명키로 만든 접속 토큰이 사용되어 개인정보가 유출되었습니다.",
            "response": ["해당 서명키를 폐기하고 접속 경로를 차단하였습니다."], "domain": "shop.example",
            "consequences": "사칭 전화와 문자", "impact": "영향을 평가하고 있습니다."
          },
          "en": {
            "organisation": "Example Shop", "department": "Privacy team", "phone": "+82 2 0000 0000",
            "email": "privacy@example.com", "officer": "Chief privacy officer",
            "how": "Passes made with a signing key that a former employee had kept were used, and data leaked.",
            "response": ["The key was withdrawn and the path was closed."], "domain": "shop.example",
            "consequences": "Calls and texts in our name", "impact": "The impact is being assessed."
          }
        }
        """, language);

    public static Story Confirmed(string categories = "name,phone,address,entrance-code", bool complete = true) =>
        Story.Opened(T).Then("leak-confirmed", T).Then("scope-issued", T, version: 1, facts:
            $"accounts=1438 views=5659 people.known=2374 people.at-least=2374 people.at-most=2374 people.members=1438 "
            + $"people.non-members=936 categories={categories} complete={(complete ? "yes" : "no")} "
            + "first=2026-11-01T15:30:00Z last=2026-11-20T12:00:00Z");

    public static NoticeDraft Draft(
        Case incident, string template = "people", Language language = Language.Korean, int version = 1) =>
        NoticeWriter.Write(incident, NoticeTemplates.Find(template)!, language, Particulars(language), Seoul, version,
            template == "posting" ? new LocalDate(2026, 11, 23) : null);

    public static IReadOnlyList<LintFault> Lint(NoticeDraft draft, Case incident, RecipientPlan? plan = null) =>
        NoticeLinter.Faults(draft, new LintContext
        {
            Case = incident,
            Particulars = Particulars(draft.Language),
            Zone = Seoul,
            Today = new LocalDate(2026, 11, 23),
            Recipients = plan ?? new RecipientPlan(1438, 936, 0, true),
        });

    /// <summary>The codes of what is wrong after a text in the source was replaced, once, by another.</summary>
    public static IReadOnlyList<string> Edited(
        string right, string wrong, Language language = Language.Korean, string template = "people",
        Case? incident = null)
    {
        incident ??= Confirmed().Case;
        var source = Draft(incident, template, language).ToSource();
        Assert.Contains(right, source, StringComparison.Ordinal);
        return [.. Lint(NoticeDraft.Parse(source.Replace(right, wrong, StringComparison.Ordinal)), incident)
            .Select(fault => fault.Code)];
    }
}
