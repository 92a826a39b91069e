using WhoSaw.Incidents.Notices;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Tests.Notices;

public sealed class NoticeTests
{
    [Theory]
    [InlineData("people")]
    [InlineData("posting")]
    [InlineData("report")]
    [InlineData("gdpr")]
    [InlineData("sec")]
    [InlineData("nis2-warning")]
    [InlineData("nis2")]
    [InlineData("uk")]
    [InlineData("california")]
    [InlineData("japan")]
    [InlineData("singapore")]
    [InlineData("certin")]
    [InlineData("dpdp")]
    [InlineData("taiwan")]
    public void What_a_template_writes_is_right_as_it_is(string template)
    {
        var home = NoticeTemplates.Find(template)!.Residents ?? "KR";
        foreach (var language in NoticeTemplates.Find(template)!.Languages)
            foreach (var complete in new[] { true, false })
            {
                var incident = Shop.Confirmed(complete: complete)
                    .Facts(Shop.T, $"home={home} law-enforcement-delay=no").Case;
                Assert.Empty(Shop.Lint(Shop.Draft(incident, template, language), incident).Select(f => f.Sentence));
            }
    }

    [Fact]
    public void A_possible_leak_may_go_out_before_anybody_knows_whose_data_it_is()
    {
        var incident = Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Case;
        foreach (var language in new[] { Language.Korean, Language.English })
            Assert.Empty(Shop.Lint(Shop.Draft(incident, "possible", language), incident).Select(f => f.Sentence));
    }

    [Theory]
    [InlineData("nis2-warning")]
    [InlineData("nis2")]
    [InlineData("japan")]
    [InlineData("certin")]
    public void An_authority_abroad_can_be_told_of_a_suspicion(string template)
    {
        var incident = Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Case;
        Assert.Empty(Shop.Lint(Shop.Draft(incident, template, Language.English), incident).Select(f => f.Sentence));
    }

    [Theory]
    [InlineData("california", "", "0 / 2,374")]
    [InlineData("california", "home=KR residents.US-CA=600", "600 / 2,374")]
    [InlineData("taiwan", "home=KR", "0 / 2,374")]
    public void A_letter_for_one_place_does_not_go_to_people_elsewhere(string template, string facts, string share)
    {
        var incident = Shop.Confirmed().Facts(Shop.T, facts + " law-enforcement-delay=no").Case;
        var fault = Assert.Single(Shop.Lint(Shop.Draft(incident, template, Language.English), incident));
        Assert.Equal(("people-elsewhere", share), (fault.Code, fault.About));
    }

    [Theory]
    [InlineData("gdpr", "EU", "- of whom 600 live in the European Union")]
    [InlineData("uk", "UK", "- of whom 600 live in the United Kingdom")]
    [InlineData("japan", "JP", "- of whom 600 live in Japan")]
    [InlineData("singapore", "SG", "- of whom 600 live in Singapore")]
    [InlineData("dpdp", "IN", "- of whom 600 live in India")]
    public void An_authority_reads_how_many_of_the_people_live_with_it(string template, string where, string line)
    {
        var incident = Shop.Confirmed().Facts(Shop.T, $"residents.{where}=600").Case;
        var draft = Shop.Draft(incident, template, Language.English);
        Assert.Equal(["- 2,374 people", line], draft.Section("number")!.Lines);
        Assert.Empty(Shop.Lint(draft, incident));
    }

    [Theory]
    [InlineData("yes", "delayed by an investigation of law enforcement", "")]
    [InlineData("no", "not delayed by law enforcement", "")]
    [InlineData(null, "[fill in:", "placeholder")]
    public void California_is_told_of_a_delay_what_is_stated_and_nothing_else(string? stated, string said, string code)
    {
        var story = Shop.Confirmed().Facts(Shop.T, "home=US-CA");
        var incident = stated is null ? story.Case
            : story.Facts(Shop.T, "law-enforcement-delay=" + stated).Case;
        var draft = Shop.Draft(incident, "california", Language.English);
        Assert.Contains(said, draft.Section("when")!.Text, StringComparison.Ordinal);
        Assert.Equal(code, string.Join(',', Shop.Lint(draft, incident).Select(fault => fault.Code)));
    }

    [Fact]
    public void A_time_in_English_says_its_zone() => Assert.Contains(
        "From 2 November 2026 00:30 (UTC+09:00) to 20 November 2026 21:00 (UTC+09:00)",
        Shop.Draft(Shop.Confirmed().Case, "gdpr", Language.English).Text, StringComparison.Ordinal);

    [Fact]
    public void California_has_its_title_and_its_five_headings()
    {
        var draft = Shop.Draft(Shop.Confirmed().Case, "california", Language.English);
        Assert.Equal("Notice of Data Breach", draft.Title);
        Assert.Equal(
            ["What Happened", "What Information Was Involved", "What We Are Doing", "What You Can Do",
                "For More Information"],
            draft.Sections.Select(section => section.Heading));
    }

    [Theory]
    [InlineData("california", "## [people-can-do] What You Can Do", "## [other] What", "people-can-do-missing")]
    [InlineData("california", "- building entrance code\n", "", "category-missing")]
    [InlineData("uk", "## [records]", "## [other]", "records-missing")]
    [InlineData("singapore", "2,374", "2,375", "number-wrong")]
    [InlineData("japan", "## [publication]", "## [other]", "publication-missing")]
    [InlineData("certin", "Chief privacy officer", "unknown", "unknown-not-allowed")]
    [InlineData("taiwan", "2 November 2026", "3 November 2026", "first-date")]
    public void A_fault_in_a_notice_abroad(string template, string right, string wrong, string code) =>
        Assert.Contains(code, Shop.Edited(right, wrong, Language.English, template));

    [Fact]
    public void A_notice_is_written_in_the_languages_that_it_has() => Assert.Throws<FormatException>(
        () => Shop.Draft(Shop.Confirmed().Case, "japan", Language.Korean));

    [Fact]
    public void A_refutation_says_that_nothing_leaked()
    {
        var incident = Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Then("leak-refuted", Shop.T).Case;
        foreach (var language in new[] { Language.Korean, Language.English })
            Assert.Empty(Shop.Lint(Shop.Draft(incident, "refuted", language), incident).Select(f => f.Sentence));
    }

    [Fact]
    public void Every_known_category_can_be_told_in_a_notice_that_is_right()
    {
        foreach (var category in WhoSaw.Records.DataCategory.Known)
            foreach (var language in new[] { Language.Korean, Language.English })
            {
                var incident = Shop.Confirmed(category).Case;
                Assert.Empty(Shop.Lint(Shop.Draft(incident, "people", language), incident).Select(f => f.Sentence));
            }
    }

    [Fact]
    public void The_same_case_gives_the_same_text_and_the_source_reads_back()
    {
        var incident = Shop.Confirmed().Case;
        var source = Shop.Draft(incident).ToSource();
        Assert.Equal(source, Shop.Draft(incident).ToSource());
        Assert.Equal(source, NoticeDraft.Parse(source).ToSource());
        Assert.Equal(NoticeRendering.Html(Shop.Draft(incident)), NoticeRendering.Html(NoticeDraft.Parse(source)));
    }

    [Fact]
    public void A_page_has_no_link_no_script_and_no_markup_from_what_people_wrote()
    {
        var source = Shop.Draft(Shop.Confirmed().Case).ToSource()
            .Replace("가나다상점", "<script>alert(1)</script>", StringComparison.Ordinal);
        foreach (var page in new[]
            { NoticeRendering.Html(NoticeDraft.Parse(source)), NoticeRendering.Print(NoticeDraft.Parse(source)) })
        {
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("href", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_plain_text_is_what_people_read()
    {
        var text = NoticeRendering.Plain(Shop.Draft(Shop.Confirmed().Case));
        Assert.StartsWith("개인정보 유출 통지\n\n가나다상점에서 고객님의", text, StringComparison.Ordinal);
        Assert.Contains("2026년 11월 2일 00:30부터 2026년 11월 20일 21:00까지", text, StringComparison.Ordinal);
        Assert.Contains("- 공동현관 출입번호를 즉시 변경하십시오.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[categories]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supplement_says_what_changed()
    {
        var incident = Shop.Confirmed("name,phone").Then("notice-sent", Shop.T, "kr-pipa-34-1")
            .Then("scope-issued", Shop.T, version: 2, facts: "accounts=33700034 views=148056502 "
                + "people.at-least=37550000 people.at-most=37550000 people.non-members=936 people.members=1438 "
                + "categories=name,phone,entrance-code complete=yes "
                + "first=2026-04-13T15:00:00Z last=2026-11-20T12:00:00Z").Case;
        var draft = Shop.Draft(incident, version: 2);
        Assert.Empty(Shop.Lint(draft, incident).Select(f => f.Sentence));
        Assert.Equal(
        [
            "- 추가로 확인된 항목: 공동현관 출입번호", "- 최초 유출 시점: 2026년 4월 14일 00:00",
            "- 정보주체 수: 2,374명에서 37,550,000명으로",
        ], draft.Section("changes")!.Lines);
        Assert.Contains("not-a-supplement", Shop.Lint(Shop.Draft(incident), incident).Select(f => f.Code));
    }

    [Fact]
    public void A_supplement_says_what_changed_since_the_last_notice_and_not_since_the_last_scope()
    {
        var story = Shop.Confirmed("name,phone");
        var first = Shop.Draft(story.Case);
        story.Then("notice-drafted", Shop.T, "kr-pipa-34-1", digest: first.Digest())
            .Then("notice-approved", Shop.T, "kr-pipa-34-1", by: "lee", digest: first.Digest())
            .Scope(Shop.T, 10, "name", version: 2)
            .Then("notice-sent", Shop.T, "kr-pipa-34-1", digest: first.Digest())
            .Scope(Shop.T, 3000, "name,phone,card", version: 3);
        Assert.Equal(["- 추가로 확인된 항목: 카드번호", "- 최초 유출 시점: 2026년 11월 1일 09:00",
            "- 정보주체 수: 2,374명에서 3,000명으로"],
            Shop.Draft(story.Case, version: 2).Section("changes")!.Lines);
    }

    [Fact]
    public void After_a_notice_without_a_scope_everything_in_it_is_new()
    {
        var story = Story.Opened(Shop.T).Then("leak-suspected", Shop.T).Then("notice-sent", Shop.T, "kr-pipa-34-2")
            .Scope(Shop.T, 3000, "name");
        Assert.Equal(
        [
            "- 추가된 항목: 이름", "- 최초 유출 시점: 2026년 11월 1일 09:00",
            "- 마지막 유출 시점: 2026년 11월 20일 21:00", "- 정보주체 수: 3,000명",
        ], Shop.Draft(story.Case, "possible", version: 2).Section("changes")!.Lines);
    }

    [Fact]
    public void A_notice_that_was_sent_is_no_second_one_when_its_delivery_goes_on()
    {
        var story = Shop.Confirmed();
        var draft = Shop.Draft(story.Case);
        story.Then("notice-drafted", Shop.T, "kr-pipa-34-1", digest: draft.Digest())
            .Then("notice-approved", Shop.T, "kr-pipa-34-1", by: "lee", digest: draft.Digest())
            .Then("notice-sent", Shop.T, "kr-pipa-34-1", digest: draft.Digest());
        Assert.Empty(Shop.Lint(draft, story.Case));
        var other = NoticeDraft.Parse(
            draft.ToSource().Replace("02-0000-0000", "02-0000-0001", StringComparison.Ordinal));
        Assert.Contains("not-a-supplement", Shop.Lint(other, story.Case).Select(f => f.Code));
    }

    [Theory]
    [InlineData("@notice", "@notic")]
    [InlineData("template=people", "template=poeple")]
    [InlineData("language=ko", "language=kr")]
    [InlineData("scope=1", "scope=one")]
    [InlineData("## [when] 2", "## when 2")]
    public void A_source_that_does_not_read_is_refused(string right, string wrong)
    {
        var source = Shop.Draft(Shop.Confirmed().Case).ToSource();
        Assert.Contains(right, source, StringComparison.Ordinal);
        Assert.Throws<FormatException>(
            () => NoticeDraft.Parse(source.Replace(right, wrong, StringComparison.Ordinal)));
    }
}
