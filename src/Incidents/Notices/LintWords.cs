namespace WhoSaw.Incidents.Notices;

/// <summary>What the linter finds, in Korean, for those who write in it.</summary>
internal static class LintWords
{
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["other-case"] = "다른 사건의 통지문입니다",
        ["wrong-state"] = "현재 사건 상태에서는 보낼 수 없는 통지입니다",
        ["stale-scope"] = "이전 범위로 작성되었습니다. 다시 작성하십시오",
        ["drill-unmarked"] = "훈련의 통지문은 제목에 DRILL을 표시합니다",
        ["drill-marked"] = "제목에 DRILL이 있으나 훈련이 아닙니다",
        ["not-a-supplement"] = "같은 통지를 이미 보냈습니다. 다음 판을 작성하십시오",
        ["changes-missing"] = "추가 통지에는 달라진 점을 적는 [changes] 항목이 있어야 합니다",
        ["no-scope"] = "유출 범위가 아직 산정되지 않았습니다: whosaw case scope",
        ["category-missing"] = "유출된 항목이 빠졌습니다",
        ["category-extra"] = "이 범위에서 유출되지 않은 항목이 적혀 있습니다",
        ["category-denied"] = "유출된 항목을 유출되지 않았다고 적었습니다",
        ["dates-missing"] = "[when]에 날짜가 없습니다",
        ["first-date"] = "[when]에 최초 유출일이 없습니다",
        ["last-date"] = "[when]에 마지막 유출일이 없습니다",
        ["future-date"] = "[when]에 아직 오지 않은 날짜가 있습니다",
        ["number-wrong"] = "[number]의 정보주체 수가 범위와 다릅니다",
        ["accounts-for-people"] = "[number]에 계정 수를 정보주체 수로 적었습니다",
        ["gap-untold"] = "접속기록이 없는 기간이 있으나 적지 않았습니다",
        ["section-twice"] = "같은 항목이 두 번 있습니다",
        ["placeholder"] = "채우지 않은 자리가 남아 있습니다",
        ["unknown-not-allowed"] = "이 항목은 확인 중이라고 적을 수 없습니다",
        ["contact-department"] = "[contact]에 담당 부서가 없습니다",
        ["contact-address"] = "[contact]에 전화번호도 전자우편 주소도 없습니다",
        ["rights-damages"] = "[rights]에 손해배상(법 제39조)이 없습니다",
        ["rights-statutory"] = "[rights]에 법정손해배상(법 제39조의2)이 없습니다",
        ["rights-mediation"] = "[rights]에 분쟁조정(법 제43조)이 없습니다",
        ["advice-vague"] = "[people-can-do]는 구체적이어야 합니다",
        ["further-notice-vague"] = "[further-notice]에 유출이 확인되면 추가로 통지한다는 말이 있어야 합니다",
        ["no-action-needed"] = "조치할 것이 없다고 적었습니다",
        ["marketing"] = "유출 통지에 판촉 내용을 넣지 않습니다",
        ["asks-for-data"] = "정보나 로그인을 요구합니다. 피싱과 같은 방식입니다",
        ["asks-to-install"] = "설치를 요구합니다",
        ["disclaimer"] = "책임을 부인합니다",
        ["belittles"] = "사고를 가볍게 적었습니다",
        ["attachment"] = "통지문에는 첨부파일이 없습니다",
        ["urgency"] = "재촉하는 말은 피싱에서 쓰입니다",
        ["language"] = "통지문의 언어가 표시된 언어와 다릅니다",
        ["title-word"] = "제목에 '유출'이라는 말이 없습니다",
        ["body-word"] = "본문에 '유출'이라는 말이 없습니다",
        ["exposure-word"] = "'유출'이 아닌 말을 썼습니다",
        ["link"] = "누를 수 있는 링크를 넣지 않습니다",
        ["foreign-domain"] = "회사의 주소가 아닙니다",
        ["personal-value"] = "개인정보의 값으로 보이는 것이 있습니다. 종류만 적습니다",
        ["reassurance"] = "확인되지 않았다는 말에 기준일이 없습니다",
        ["posting-dates"] = "[posting]에 게시 첫날과 마지막 날을 적습니다",
        ["posting-short"] = "게시 기간이 30일보다 짧습니다",
        ["posting-taken-down"] = "게시물이 30일 전에 내려졌습니다",
        ["posting-unseen"] = "게시되어 있었음을 확인한 사람이 없는 날입니다",
        ["address-book-untold"] = "주소록에만 있는 사람에게 알리지 않습니다",
        ["holders-untold"] = "유출된 회원에게 알리지 않습니다",
        ["people-elsewhere"] = "이 통지의 대상 지역에 거주하지 않는 사람이 포함되어 있습니다",
        ["unreachable-untold"] = "연락처가 없는 사람이 있으나 게시 계획이 없습니다",
    };

    public static string Korean(LintFault fault)
    {
        var sentence = Sentences.GetValueOrDefault(fault.Code) ?? OfKind(fault.Code) ?? fault.Sentence;
        return fault.About.Length == 0 || sentence == fault.Sentence ? sentence + "." : $"{sentence}: {fault.About}";
    }

    /// <summary>Codes that carry the name of a section or of a category.</summary>
    private static string? OfKind(string code) =>
        code.StartsWith("advice-", StringComparison.Ordinal) ? "[people-can-do]에 해야 할 조치가 없습니다"
        : code.EndsWith("-missing", StringComparison.Ordinal) ? "법이 정한 항목이 없습니다"
        : code.EndsWith("-empty", StringComparison.Ordinal) ? "항목이 비어 있습니다" : null;
}
