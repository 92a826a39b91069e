using System.Text.RegularExpressions;
using WhoSaw.Incidents.Cases;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Notices;

/// <summary>
/// Words that a notice must have or must not have: those for which regulators had notices sent again, and those that
/// those who phish also use.
/// </summary>
internal static partial class WordLint
{
    private sealed record Forbidden(string Code, string Sentence, string[] Words, bool UnlessDenied = false);

    private static readonly Forbidden[] All =
    [
        new("no-action-needed", "it says that people need do nothing",
            ["조치가 필요하지 않", "조치는 필요하지 않", "조치하실 사항은 없", "별도 조치는 필요 없", "별도의 조치가 필요 없",
                "안심하셔도", "안심하고 이용", "no action is", "no action need", "no action required",
                "do not need to do anything", "nothing you need to do", "need not do anything"]),
        new("marketing", "a notice of a leak holds nothing that sells",
            ["할인", "쿠폰", "이벤트", "혜택", "적립", "프로모션", "사은품", "구매 이용권", "coupon", "discount", "voucher",
                "promotion", "special offer", "sale price", "reward points"]),
        new("asks-for-data", "it asks people for data or for a log-in: that is what phishing does",
            ["비밀번호를 입력", "회신해", "답장", "로그인하여 확인", "로그인해 주", "주민등록번호를 보내", "본인 인증을 해",
                "reply to this", "reply with", "confirm your password", "log in to", "verify your identity",
                "enter your"], UnlessDenied: true),
        new("asks-to-install", "it asks people to install something",
            ["앱을 설치", "앱 설치", "프로그램을 설치", "내려받아", "다운로드", "install", "download"], UnlessDenied: true),
        new("disclaimer", "it disclaims liability",
            ["책임을 지지 않", "책임지지 않", "책임이 없", "면책", "not liable", "no liability", "accept no responsibility"]),
        new("belittles", "it makes light of what happened",
            ["단순한 노출", "단순 조회", "경미한", "일부 고객에 한해", "minor incident", "only a small", "limited incident"]),
        new("attachment", "a notice has no attachment", ["첨부파일을 확인", "첨부된 파일", "see the attached",
            "attached file", "attachment for"]),
        new("urgency", "pressure of time is what phishing uses", ["지금 즉시 클릭", "24시간 이내에 로그인",
            "click now", "act now", "within 24 hours or"]),
    ];

    private static readonly string[] Denying = ["않", "마십시오", "마세요", "말고", "never", "not", "Do not"];

    public static IEnumerable<LintFault> Faults(NoticeDraft draft, LintContext context)
    {
        var sentences = ScopeLint.Sentences(draft).ToList();
        foreach (var rule in All)
            foreach (var sentence in sentences)
                if (rule.Words.FirstOrDefault(word => Has(sentence, word)) is { } word
                    && !(rule.UnlessDenied && Denying.Any(each => Has(sentence, each))))
                {
                    yield return new(rule.Code, $"{rule.Sentence}: \"{word}\" in \"{sentence}\"", Quoted(sentence));
                    break;
                }
        foreach (var fault in EventWordFaults(draft, context.Case.State).Concat(LinkFaults(draft, context.Particulars))
            .Concat(PersonalFaults(draft, context.Particulars)).Concat(ReassuranceFaults(sentences)))
            yield return fault;
        if (draft.Language == Language.Korean && draft.Text.Count(IsHangul) * 3 < draft.Text.Count(char.IsLetter))
            yield return new("language", "the notice is marked as Korean and is not written in it");
        if (draft.Language == Language.English && draft.Text.Any(IsHangul))
            yield return new("language", "one language a message: this English notice has Korean in it");
    }

    /// <summary>The regulator's words: 유출 is a leak; 노출, an exposure, is no notice of one.</summary>
    private static IEnumerable<LintFault> EventWordFaults(NoticeDraft draft, CaseState state)
    {
        if (!draft.Template.IsKorean && !draft.Template.ToPeople)
            yield break;
        var korean = draft.Language == Language.Korean;
        string[] wanted = korean ? ["유출"] : ["leak", "breach"];
        if (!wanted.Any(word => Has(draft.Title, word)))
            yield return new("title-word", $"the title does not say {wanted[0]}");
        if (state == CaseState.Confirmed && !wanted.Any(word =>
            Has(string.Join('\n', draft.Opening.Concat(draft.Sections.SelectMany(each => each.Lines))), word)))
            yield return new("body-word", $"the text does not say {wanted[0]}");
        foreach (var word in korean ? new[] { "노출", "무단 조회", "무단조회" } : ["exposure", "was exposed", "were exposed"])
            if (Has(draft.Text, word))
                yield return new(
                    "exposure-word", $"it says \"{word}\"; what happened is called {wanted[0]}", Quoted(word));
    }

    private static IEnumerable<LintFault> LinkFaults(NoticeDraft draft, NoticeParticulars particulars)
    {
        if (Link().Match(draft.Text) is { Success: true } link)
            yield return new(
                "link", $"\"{link.Value}\": a notice has no link that can be clicked", Quoted(link.Value));
        foreach (Match match in Domain().Matches(Mail().Replace(draft.Text, " ")))
            if (!string.Equals(match.Value, particulars.Domain, StringComparison.OrdinalIgnoreCase)
                && !Link().IsMatch(match.Value))
                yield return new("foreign-domain", $"\"{match.Value}\" is not the company's own address to type in",
                    Quoted(match.Value));
    }

    private static IEnumerable<LintFault> PersonalFaults(NoticeDraft draft, NoticeParticulars particulars)
    {
        var text = draft.Text.Replace(particulars.Email, " ", StringComparison.OrdinalIgnoreCase)
            .Replace(particulars.Phone, " ", StringComparison.Ordinal);
        if (PersonalText.Kind(text) is { } kind)
            yield return new("personal-value", $"the notice prints what looks like {kind}: it names kinds, not values");
    }

    /// <summary>What was not found is said only with the day and what was looked at.</summary>
    private static IEnumerable<LintFault> ReassuranceFaults(IEnumerable<string> sentences)
    {
        string[] words = ["악용 사례는", "악용된 사례", "2차 피해는 확인되지", "2차 피해는 없", "no evidence of misuse",
            "not been misused", "no misuse"];
        foreach (var sentence in sentences)
            if (words.Any(word => Has(sentence, word)) && NoticeDates.In(sentence).Count == 0)
                yield return new("reassurance",
                    $"\"{sentence}\" says what was not found without saying as of which day", Quoted(sentence));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) => $"\"{text}\"";

    private static bool IsHangul(char letter) => letter is >= '가' and <= '힣';

    [GeneratedRegex(@"https?:|www\.|<a[\s>]|\]\(|bit\.ly|tinyurl|goo\.gl|han\.gl|mailto:", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|net|org|kr|co|io|info|shop|site|xyz|example)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Domain();

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+")]
    private static partial Regex Mail();
}
