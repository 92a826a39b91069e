using WhoSaw.Incidents.Notices;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Tests.Notices;

/// <summary>Each fault by one change of a notice that is right.</summary>
public sealed class LinterTests
{
    // what the regulator made Coupang send its notice again for
    [Fact]
    public void The_wrong_word_for_a_leak() => Assert.Contains("exposure-word", Shop.Edited(
        "개인정보가 유출되어 「개인정보", "개인정보가 노출되어 「개인정보"));

    [Fact]
    public void The_wrong_word_in_the_title()
    {
        var codes = Shop.Edited("# 개인정보 유출 통지", "# 개인정보 노출 안내");
        Assert.Contains("title-word", codes);
        Assert.Contains("exposure-word", codes);
    }

    [Fact]
    public void The_missing_entrance_code() =>
        Assert.Equal(["category-missing"], Shop.Edited("- 공동현관 출입번호\n", ""));

    [Fact]
    public void The_posting_taken_down_after_two_days()
    {
        var incident = Shop.Confirmed().Then("posted", "2026-11-23T10:00+09:00")
            .Then("unposted", "2026-11-25T10:00+09:00").Case;
        var fault = Assert.Single(Shop.Lint(Shop.Draft(incident, "posting"), incident));
        Assert.Equal("posting-taken-down", fault.Code);
        Assert.Equal("the posting of 2026-11-23 was taken down after 2 days; 30 is the least", fault.Sentence);
        // the text of the posting that makes it good has to be approved
        Assert.False(fault.IsOfText);
    }

    [Fact]
    public void A_posting_that_came_down_too_early_is_made_good_by_the_next()
    {
        var incident = Shop.Confirmed().Then("posted", "2026-11-20T10:00+09:00")
            .Then("unposted", "2026-11-21T10:00+09:00").Then("posted", "2026-11-22T10:00+09:00").Case;
        Assert.Empty(Shop.Lint(Shop.Draft(incident), incident));
    }

    [Fact]
    public void The_people_in_address_books_untold()
    {
        var incident = Shop.Confirmed().Case;
        var fault = Assert.Single(Shop.Lint(Shop.Draft(incident), incident, new RecipientPlan(1438, 0, 0, true)));
        Assert.Equal("address-book-untold", fault.Code);
        Assert.Equal("936 people are in address books alone, and 0 of them are to be told", fault.Sentence);
    }

    [Fact]
    public void The_missing_advice_to_change_the_door_code() => Assert.Equal(
        ["advice-entrance-code"], Shop.Edited("- 공동현관 출입번호를 즉시 변경하십시오.\n", ""));

    [Fact]
    public void The_dates_hidden_behind_the_day_of_discovery() => Assert.Equal(["first-date", "last-date"],
        Shop.Edited("2026년 11월 2일 00:30부터 2026년 11월 20일 21:00까지 유출되었습니다.", "2026년 11월 18일 확인하였습니다."));

    [Theory]
    [InlineData("고객님께서 별도로 하실 조치가 필요하지 않습니다.", "no-action-needed")]
    [InlineData("보상으로 구매 이용권을 드립니다.", "marketing")]
    [InlineData("당사는 이로 인한 손해에 책임을 지지 않습니다.", "disclaimer")]
    public void What_else_was_criticised_there(string sentence, string code) => Assert.Contains(code,
        Shop.Edited("깊이 사과드립니다.", "깊이 사과드립니다. " + sentence));

    // thirty and more others
    [Theory]
    [InlineData("categories", "categories-missing")]
    [InlineData("when", "when-missing")]
    [InlineData("how", "how-missing")]
    [InlineData("people-can-do", "people-can-do-missing")]
    [InlineData("response", "response-missing")]
    [InlineData("contact", "contact-missing")]
    [InlineData("rights", "rights-missing")]
    public void A_required_section_is_missing(string section, string code) =>
        Assert.Contains(code, Shop.Edited($"## [{section}]", "## [other]"));

    [Theory]
    [InlineData("- 배송지 주소\n", "- 배송지 주소\n- 카드번호\n", "category-extra")]
    [InlineData("깊이 사과드립니다.", "전화번호는 유출되지 않았습니다.", "category-denied")]
    [InlineData("2026년 11월 2일 00:30부터", "2026년 11월 6일 18:38부터", "first-date")]
    [InlineData("2026년 11월 20일 21:00까지", "2026년 11월 8일까지", "last-date")]
    [InlineData("2026년 11월 2일 00:30부터 2026년 11월 20일 21:00까지", "최근까지", "dates-missing")]
    [InlineData("21:00까지", "21:00까지, 그리고 2026년 12월 24일에", "future-date")]
    [InlineData("퇴사자가 보관하던", "{{ how }} 퇴사자가 보관하던", "placeholder")]
    [InlineData("퇴사자가 보관하던", "TODO 퇴사자가 보관하던", "placeholder")]
    [InlineData("해당 서명키를 폐기하고 접속 경로를 차단하였습니다.", "확인 중입니다.", "unknown-not-allowed")]
    [InlineData("- 전화: 02-0000-0000 (평일 9시~18시)\n- 이메일: privacy@example.com\n", "", "contact-address")]
    [InlineData("- 담당 부서: 개인정보보호팀\n", "", "contact-department")]
    [InlineData("손해배상 청구(「개인정보 보호법」 제39조)와 법정손해배상 청구(제39조의2)를", "권리 행사를",
        "rights-damages")]
    [InlineData("와 법정손해배상 청구(제39조의2)", "", "rights-statutory")]
    [InlineData("- 개인정보 분쟁조정위원회에 분쟁조정을 신청할 수 있습니다(제43조).\n", "", "rights-mediation")]
    [InlineData("깊이 사과드립니다.", "https://shop.example/notice 를 확인하십시오.", "link")]
    [InlineData("깊이 사과드립니다.", "www.shop.example 을 확인하십시오.", "link")]
    [InlineData("깊이 사과드립니다.", "bit.ly/abc 를 확인하십시오.", "link")]
    [InlineData("깊이 사과드립니다.", "shop-event.example 을 확인하십시오.", "foreign-domain")]
    [InlineData("깊이 사과드립니다.", "10% 할인 쿠폰을 드립니다.", "marketing")]
    [InlineData("깊이 사과드립니다.", "연말 이벤트에 초대합니다.", "marketing")]
    [InlineData("깊이 사과드립니다.", "안심하셔도 됩니다.", "no-action-needed")]
    [InlineData("깊이 사과드립니다.", "확인을 위해 비밀번호를 입력해 주십시오.", "asks-for-data")]
    [InlineData("깊이 사과드립니다.", "이 메일에 회신해 주십시오.", "asks-for-data")]
    [InlineData("깊이 사과드립니다.", "보안 앱을 설치해 주십시오.", "asks-to-install")]
    [InlineData("깊이 사과드립니다.", "첨부파일을 확인해 주십시오.", "attachment")]
    [InlineData("깊이 사과드립니다.", "경미한 사고입니다.", "belittles")]
    [InlineData("깊이 사과드립니다.", "지금 즉시 클릭하십시오.", "urgency")]
    [InlineData("깊이 사과드립니다.", "악용 사례는 확인되지 않았습니다.", "reassurance")]
    [InlineData("깊이 사과드립니다.", "고객님의 번호 010-1234-5678 이 유출되었습니다.", "personal-value")]
    [InlineData("scope=1", "scope=2", "stale-scope")]
    [InlineData("case=C1", "case=C7", "other-case")]
    [InlineData("version=1", "version=2", "changes-missing")]
    [InlineData("# 개인정보 유출 통지", "# [DRILL] 개인정보 유출 통지", "drill-marked")]
    [InlineData("## [how]", "## [when]", "section-twice")]
    [InlineData("퇴사자가 보관하던 서명키로 만든 접속 토큰이 사용되어 개인정보가 유출되었습니다.", "", "how-empty")]
    public void A_fault_in_a_Korean_notice(string right, string wrong, string code) =>
        Assert.Contains(code, Shop.Edited(right, wrong));

    [Theory]
    [InlineData("has leaked", "has been exposed to an exposure", "exposure-word")]
    [InlineData("Notice of a leak of your personal data", "About your personal data", "title-word")]
    [InlineData("- building entrance code\n", "", "category-missing")]
    [InlineData("- Have the building entrance code changed at once.\n", "", "advice-entrance-code")]
    [InlineData("and we apologise.", "and no action is needed.", "no-action-needed")]
    [InlineData("and we apologise.", "and here is a voucher.", "marketing")]
    [InlineData("and we apologise.", "and we are not liable.", "disclaimer")]
    [InlineData("and we apologise.", "and please reply with your name.", "asks-for-data")]
    [InlineData("and we apologise.", "and there is no evidence of misuse.", "reassurance")]
    [InlineData("and we apologise.", "그리고 사과드립니다.", "language")]
    [InlineData("statutory damages (Article 39-2)", "more", "rights-statutory")]
    [InlineData("From 2 November 2026 00:30 (UTC+09:00) to 20 November 2026 21:00 (UTC+09:00).", "Recently.",
        "dates-missing")]
    public void A_fault_in_an_English_notice(string right, string wrong, string code) =>
        Assert.Contains(code, Shop.Edited(right, wrong, Language.English));

    [Theory]
    [InlineData("2026년 12월 23일까지 게시", "2026년 11월 25일까지 게시", "posting-short")]
    [InlineData("2026년 11월 23일부터 2026년 12월 23일까지 게시합니다", "당분간 게시합니다", "posting-dates")]
    [InlineData("## [posting]", "## [other]", "posting-missing")]
    public void A_fault_in_a_posting(string right, string wrong, string code) =>
        Assert.Contains(code, Shop.Edited(right, wrong, template: "posting"));

    [Theory]
    [InlineData("정보주체 2,374명", "정보주체 4,536명", "number-wrong")]
    [InlineData("정보주체 2,374명", "정보주체 1,438명", "accounts-for-people")]
    public void A_fault_in_a_report(string right, string wrong, string code) =>
        Assert.Contains(code, Shop.Edited(right, wrong, template: "report"));

    /// <summary>Every code that docs/incidents.md lists is said in Korean where the notice is.</summary>
    [Fact]
    public void A_fault_of_a_Korean_notice_is_told_in_Korean()
    {
        var documented = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "incidents.md"));
        var table = documented[documented.IndexOf("### What the linter refuses", StringComparison.Ordinal)..];
        var codes = table[..table.IndexOf("It tells each", StringComparison.Ordinal)].Split('`')
            .Where((_, i) => i % 2 == 1).ToList();
        Assert.True(codes.Count > 40);
        Assert.All(codes, code => Assert.Contains(
            new LintFault(code.Replace("SECTION", "when", StringComparison.Ordinal), "English", "‘…’")
                .In(Language.Korean), letter => letter is >= '가' and <= '힣'));
        var fault = Assert.Single(
            Shop.Lint(NoticeDraft.Parse(Shop.Draft(Shop.Confirmed().Case).ToSource()
                .Replace("- 공동현관 출입번호\n", "", StringComparison.Ordinal)), Shop.Confirmed().Case));
        Assert.Equal("유출된 항목이 빠졌습니다: 공동현관 출입번호", fault.In(Language.Korean));
        Assert.EndsWith("was exposed and is not named", fault.In(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_confirmed_notice_while_it_is_only_suspected()
    {
        var incident = Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Case;
        var codes = Shop.Lint(Shop.Draft(incident), incident).Select(fault => fault.Code).ToList();
        Assert.Contains("wrong-state", codes);
        Assert.Contains("no-scope", codes);
    }

    [Fact]
    public void A_possible_leak_that_does_not_promise_a_further_notice() => Assert.Contains("further-notice-vague",
        Shop.Edited("유출이 확인되면 확인된 내용을 즉시 추가로 통지합니다.", "조사하겠습니다.", template: "possible",
            incident: Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Case));

    [Fact]
    public void Gaps_of_the_logs_that_nobody_tells() => Assert.Equal(["gap-untold"], Shop.Edited(
        "- 일부 기간의 접속기록이 남아 있지 않아 그 기간의 유출 여부는 확인 중이며, 확인되는 대로 추가로 통지합니다.\n", "",
        incident: Shop.Confirmed(complete: false).Case));

    [Fact]
    public void A_day_on_which_nobody_looked_whether_the_posting_was_up()
    {
        var incident = Shop.Confirmed().Then("posted", "2026-11-20T10:00+09:00")
            .Then("posting-seen", "2026-11-21T10:00+09:00").Case;
        var fault = Assert.Single(Shop.Lint(Shop.Draft(incident), incident));
        Assert.Equal("nobody has shown that the posting was up on 2026-11-22", fault.Sentence);
    }

    [Fact]
    public void People_whom_no_letter_reaches_and_no_posting_tells()
    {
        var incident = Shop.Confirmed().Case;
        Assert.Equal(["unreachable-untold"], Shop.Lint(Shop.Draft(incident), incident,
            new RecipientPlan(1438, 936, 12, false)).Select(fault => fault.Code));
        Assert.Equal(["holders-untold"], Shop.Lint(Shop.Draft(incident), incident,
            new RecipientPlan(1400, 936, 0, false)).Select(fault => fault.Code));
    }

    [Theory]
    [InlineData("당사는 이 일로 앱을 설치하라고 하지 않습니다.")]
    [InlineData("2026년 11월 22일 현재 접속기록을 조사한 범위에서 악용 사례는 확인되지 않았습니다.")]
    [InlineData("shop.example 을 주소창에 직접 입력하십시오.")]
    public void What_is_not_a_fault(string sentence) =>
        Assert.Empty(Shop.Edited("깊이 사과드립니다.", "깊이 사과드립니다. " + sentence));
}
