using System.Globalization;
using NodaTime;
using WhoSaw.Incidents.Clocks;
using WhoSaw.Scoping.Reports;

namespace WhoSaw.Incidents.Tests.Clocks;

/// <summary>
/// The worked timeline: on Monday 23 November 2026 at 10:00 the operations centre establishes illegal access to the
/// member database with signs of a leak; whose data it is is not known.
/// </summary>
public sealed class KoreanTimelineTests
{
    private const string T0 = "2026-11-23T10:00+09:00";
    private const string OneHourLater = "2026-11-23T11:00+09:00";

    private static Story Access() => Story.Opened(T0)
        .Then("illegal-access-known", T0)
        .Facts(T0, "home=KR external-access=yes intrusion=yes online-service=yes persons-identified=no");

    [Theory]
    [InlineData("kr-network-48-3", "2026-11-24T10:00+09:00", ClockState.Running)]
    [InlineData("kr-pipa-34-2", "2026-11-26T10:00+09:00", ClockState.Running)]
    [InlineData("kr-pipa-34-1", "2026-11-26T10:00+09:00", ClockState.Planned)]
    [InlineData("kr-pipa-34-4", "2026-11-26T10:00+09:00", ClockState.Planned)]
    [InlineData("kr-pipa-34-3", T0, ClockState.Running)]
    public void What_is_due_an_hour_after_the_access_is_known(string duty, string due, ClockState state)
    {
        var clock = Access().Clock(duty, OneHourLater);
        Assert.Equal(LegalTime.InstantOf(Story.At(due)), clock.ByFirstSign!.Due.At);
        Assert.Equal(state, clock.State);
    }

    [Fact]
    public void External_access_needs_no_head_count_for_the_report()
    {
        var clock = Access().Then("leak-confirmed", "2026-11-24T09:00+09:00").Clock("kr-pipa-34-4", OneHourLater);
        Assert.Equal(Truth.Yes, clock.Applies.Truth);
        Assert.Contains("external-access: yes", clock.Applies.Because);
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-27T09:00+09:00")), clock.ByLaw!.Due.At);
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-26T10:00+09:00")), clock.ByFirstSign!.Due.At);
    }

    [Fact]
    public void Each_new_fact_after_the_report_has_its_own_24_hours()
    {
        var story = Access()
            .Then("fact-confirmed", "2026-11-23T20:00+09:00")
            .Then("notice-sent", "2026-11-24T09:00+09:00", "kr-network-48-3")
            .Then("fact-confirmed", "2026-11-24T15:30+09:00")
            .Then("fact-confirmed", "2026-11-25T08:00+09:00");
        var clocks = story.Clocks("2026-11-25T09:00+09:00")
            .Where(clock => clock.Duty.Id == "kr-network-48-3-supplement").ToList();
        Assert.Equal(["2026-11-25T06:30:00Z", "2026-11-25T23:00:00Z"],
            clocks.Select(clock => LegalTime.TimeOf(clock.ByLaw!.Due.At).ToString()).Order());
        Assert.All(clocks, clock => Assert.Equal(ClockState.Running, clock.State));
    }

    [Fact]
    public void A_supplement_that_was_sent_meets_its_own_fact_and_not_a_later_one()
    {
        var clocks = Access()
            .Then("notice-sent", "2026-11-24T09:00+09:00", "kr-network-48-3")
            .Then("fact-confirmed", "2026-11-24T15:30+09:00")
            .Then("notice-sent", "2026-11-25T16:00+09:00", "kr-network-48-3-supplement")
            .Then("fact-confirmed", "2026-11-25T17:00+09:00")
            .Clocks("2026-11-25T18:00+09:00").Where(clock => clock.Of is not null)
            .OrderBy(clock => clock.Of!.Number).ToList();
        Assert.Equal([ClockState.MetLate, ClockState.Running], clocks.Select(clock => clock.State));
        Assert.Equal(Duration.FromMinutes(30), clocks[0].LateBy(clocks[0].ByLaw));
    }

    [Fact]
    public void A_confirmation_within_the_72_hours_takes_the_place_of_the_possible_leak()
    {
        var story = Access().Then("leak-confirmed", "2026-11-25T10:00+09:00");
        Assert.Equal(ClockState.Ended, story.Clock("kr-pipa-34-2", "2026-11-25T11:00+09:00").State);
        Assert.Equal(ClockState.Running, story.Clock("kr-pipa-34-1", "2026-11-25T11:00+09:00").State);
    }

    [Fact]
    public void A_confirmation_after_the_72_hours_does_not_excuse_the_silence() => Assert.Equal(ClockState.Overdue,
        Access().Then("leak-confirmed", "2026-11-26T11:00+09:00")
            .Clock("kr-pipa-34-2", "2026-11-26T12:00+09:00").State);

    [Fact]
    public void Who_was_told_of_a_possible_leak_is_told_at_once_that_there_was_none()
    {
        var story = Access()
            .Then("notice-sent", "2026-11-25T10:00+09:00", "kr-pipa-34-2")
            .Then("leak-refuted", "2026-11-27T10:00+09:00");
        var clock = story.Clock("kr-pipa-34-2-refuted", "2026-11-27T11:00+09:00");
        Assert.Equal((ClockState.Running, DeadlineKind.AtOnce), (clock.State, clock.Rule.Deadline.Kind));
        Assert.Equal(ClockState.NotApplying, Access().Then("leak-refuted", "2026-11-24T10:00+09:00")
            .Clock("kr-pipa-34-2-refuted", "2026-11-24T11:00+09:00").State);
    }

    [Fact]
    public void A_posting_stays_for_30_full_days_after_the_day_of_posting()
    {
        var up = Access().Then("posted", "2026-11-26T10:00+09:00");
        var clock = up.Clock("kr-pipa-39-3-posting", "2026-12-01T10:00+09:00");
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-12-27T00:00+09:00")), clock.ByLaw!.Due.At);
        Assert.Equal(ClockState.Running, clock.State);
        Assert.Equal(ClockState.Overdue, up.Then("unposted", "2026-11-28T10:00+09:00")
            .Clock("kr-pipa-39-3-posting", "2026-11-28T11:00+09:00").State);
    }

    [Fact]
    public void A_posting_that_stayed_long_enough_is_met_although_it_is_down() => Assert.Equal(ClockState.Met,
        Access().Then("posted", "2026-11-26T10:00+09:00").Then("unposted", "2026-12-27T09:00+09:00")
            .Clock("kr-pipa-39-3-posting", "2026-12-27T10:00+09:00").State);

    [Theory]
    [InlineData("kr-pipa-34-1")]
    [InlineData("kr-pipa-34-4")]
    public void What_is_confirmed_after_a_refutation_is_due_from_the_confirmation(string duty)
    {
        var refuted = Access().Then("leak-confirmed", "2026-11-23T12:00+09:00")
            .Then("leak-refuted", "2026-11-24T12:00+09:00");
        Assert.Equal(ClockState.Ended, refuted.Clock(duty, "2026-11-25T12:00+09:00").State);
        var clock = refuted.Then("leak-confirmed", "2026-11-27T12:00+09:00").Clock(duty, "2026-11-30T13:00+09:00");
        Assert.Equal(ClockState.Overdue, clock.State);
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-30T12:00+09:00")), clock.ByLaw!.Due.At);
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-26T10:00+09:00")), clock.ByFirstSign!.Due.At);
    }

    [Fact]
    public void A_notice_before_a_refutation_does_not_answer_what_is_confirmed_after_it()
    {
        var story = Access().Then("leak-confirmed", "2026-11-23T12:00+09:00")
            .Then("notice-sent", "2026-11-23T20:00+09:00", "kr-pipa-34-1")
            .Then("leak-refuted", "2026-11-24T12:00+09:00");
        Assert.Equal(ClockState.Met, story.Clock("kr-pipa-34-1", "2026-11-25T12:00+09:00").State);
        story.Then("leak-confirmed", "2026-11-27T12:00+09:00");
        Assert.Equal(ClockState.Running, story.Clock("kr-pipa-34-1", "2026-11-28T12:00+09:00").State);
        Assert.Equal(ClockState.Met, story.Then("notice-sent", "2026-11-28T13:00+09:00", "kr-pipa-34-1")
            .Clock("kr-pipa-34-1", "2026-11-28T14:00+09:00").State);
    }

    [Fact]
    public void A_suspicion_after_a_refutation_is_planned_for_again_and_silence_before_it_stays_late()
    {
        var refuted = Access().Then("leak-refuted", "2026-11-24T12:00+09:00");
        Assert.Equal(ClockState.Ended, refuted.Clock("kr-pipa-34-1", "2026-11-25T12:00+09:00").State);
        Assert.Equal(ClockState.Ended, refuted.Clock("kr-pipa-34-2", "2026-11-25T12:00+09:00").State);
        refuted.Then("leak-suspected", "2026-11-27T12:00+09:00");
        Assert.Equal(ClockState.Planned, refuted.Clock("kr-pipa-34-1", "2026-11-27T13:00+09:00").State);
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-30T12:00+09:00")),
            refuted.Clock("kr-pipa-34-2", "2026-11-27T13:00+09:00").ByLaw!.Due.At);
        var late = Access().Then("leak-refuted", "2026-11-26T11:00+09:00")
            .Then("leak-suspected", "2026-11-27T12:00+09:00").Clock("kr-pipa-34-2", "2026-11-27T13:00+09:00");
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-26T10:00+09:00")), late.ByLaw!.Due.At);
    }

    [Fact]
    public void More_that_may_be_out_than_is_confirmed_has_its_own_72_hours_which_the_confirmation_does_not_end()
    {
        var story = Access().Then("leak-confirmed", "2026-11-24T10:00+09:00")
            .Then("leak-suspected", "2026-11-25T10:00+09:00").Facts("2026-11-25T10:00+09:00", "partly-leaked=yes");
        var clock = story.Clock("kr-pipa-34-2-part", "2026-11-25T11:00+09:00");
        Assert.Equal((Truth.Yes, ClockState.Running), (clock.Applies.Truth, clock.State));
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-11-28T10:00+09:00")), clock.ByLaw!.Due.At);
        Assert.Equal(ClockState.Ended, story.Clock("kr-pipa-34-2", "2026-11-25T11:00+09:00").State);
    }

    [Fact]
    public void An_access_after_a_confirmation_is_not_replaced_by_it() => Assert.Equal(ClockState.Running,
        Story.Opened(T0, "home=KR persons-identified=no").Then("leak-confirmed", T0)
            .Then("illegal-access-known", "2026-11-25T10:00+09:00")
            .Clock("kr-pipa-34-2", "2026-11-25T11:00+09:00").State);

    [Fact]
    public void A_report_before_anything_is_confirmed_is_not_called_late()
    {
        var clock = Access().Then("notice-sent", "2026-11-28T10:00+09:00", "kr-pipa-34-4")
            .Clock("kr-pipa-34-4", "2026-11-28T11:00+09:00");
        Assert.Equal(ClockState.Met, clock.State);
        Assert.Equal("Report of the leak: done Sat 28 November 2026 10:00.",
            ClockText.Sentence(clock, Language.English));
    }

    [Fact]
    public void An_exemption_or_a_sending_that_was_a_mistake_is_due_again_when_it_is_withdrawn()
    {
        var story = Access().Then("leak-confirmed", T0);
        story.Then("duty-exempted", T0, "kr-pipa-34-4").Then("notice-sent", OneHourLater, "kr-pipa-34-1");
        Assert.Equal((ClockState.Exempted, ClockState.Met), States());
        foreach (var kind in new[] { "duty-exempted", "notice-sent" })
            story.Then("withdrawn", OneHourLater, facts: string.Create(CultureInfo.InvariantCulture,
                $"event={story.Case.Events.Single(each => each.Kind.Name == kind).Number}"));
        Assert.Equal((ClockState.Running, ClockState.Running), States());

        (ClockState, ClockState) States() => (story.Clock("kr-pipa-34-4", "2026-11-23T12:00+09:00").State,
            story.Clock("kr-pipa-34-1", "2026-11-23T12:00+09:00").State);
    }

    [Fact]
    public void A_second_posting_makes_good_the_first_and_each_day_without_a_proof_is_named()
    {
        var story = Access().Then("posted", "2026-11-24T10:00+09:00").Then("unposted", "2026-11-25T10:00+09:00")
            .Then("posted", "2026-11-26T10:00+09:00").Then("posting-seen", "2026-11-27T10:00+09:00");
        var clocks = story.Clocks("2026-11-29T10:00+09:00")
            .Where(clock => clock.Duty.Id == "kr-pipa-39-3-posting").OrderBy(clock => clock.ByLaw!.Start.Number)
            .ToList();
        Assert.Equal([ClockState.Ended, ClockState.Running], clocks.Select(clock => clock.State));
        Assert.Equal(LegalTime.InstantOf(Story.At("2026-12-27T00:00+09:00")), clocks[1].ByLaw!.Due.At);
        Assert.Equal([new LocalDate(2026, 11, 28)], clocks[1].UnseenDays);
    }

    [Fact]
    public void The_chronology_of_Coupang_by_the_rules_of_its_day()
    {
        var story = Story.Opened("2025-11-16T22:12+09:00", "home=KR online-service=yes intrusion=yes")
            .Then("signal-raised", "2025-11-16T22:12+09:00")
            .Then("illegal-access-known", "2025-11-17T16:00+09:00")
            .Then("report-decided", "2025-11-18T22:52+09:00")
            .Then("notice-sent", "2025-11-19T21:35+09:00", "kr-network-48-3");
        var clock = story.Clock("kr-network-48-3", "2025-11-20T09:00+09:00");
        Assert.Equal(LegalTime.InstantOf(Story.At("2025-11-18T16:00+09:00")), clock.ByLaw!.Due.At);
        Assert.Equal(LegalTime.InstantOf(Story.At("2025-11-17T22:12+09:00")), clock.ByFirstSign!.Due.At);
        Assert.Equal(ClockState.MetLate, clock.State);
        Assert.Equal(new LocalDate(2024, 8, 14), clock.Rule.InForce);
        Assert.Equal("Report of the intrusion within 24 hours: late by 29 h 35 min (due Tue 18 November 2025 16:00, "
            + "sent Wed 19 November 2025 21:35); from the first sign, late by 47 h 23 min.",
            ClockText.Sentence(clock, Language.English));
        Assert.Equal("침해사고 24시간 내 신고: 29시간 35분 늦음 (기한 2025년 11월 18일(화) 16:00, "
            + "발송 2025년 11월 19일(수) 21:35); 최초 징후부터 세면 47시간 23분 늦음.",
            ClockText.Sentence(clock, Language.Korean));
    }

    [Fact]
    public void What_was_due_before_it_was_refuted_was_due() => Assert.Equal(ClockState.Overdue,
        Access().Then("leak-confirmed", "2026-11-23T12:00+09:00").Then("leak-refuted", "2026-11-27T12:00+09:00")
            .Clock("kr-pipa-34-1", "2026-11-27T13:00+09:00").State);

    [Fact]
    public void A_period_that_has_not_begun_by_the_words_of_the_law_is_never_called_late() => Assert.Equal(
        "Notice of the leak to the people concerned: counted from the first sign, 24 h past. "
            + "By the law's words it has not begun.",
        ClockText.Sentence(Access().Clock("kr-pipa-34-1", "2026-11-27T10:00+09:00"), Language.English));

    [Fact]
    public void An_old_incident_has_no_duty_that_came_later()
    {
        var duties = Story.Opened("2025-11-16T22:12+09:00", "home=KR").Then("illegal-access-known",
            "2025-11-17T16:00+09:00").Clocks("2026-11-23T10:00+09:00").Select(clock => clock.Duty.Id).ToList();
        Assert.DoesNotContain("kr-pipa-34-2", duties);
        Assert.DoesNotContain("kr-network-48-3-4", duties);
        Assert.Contains("kr-pipa-34-1", duties);
        Assert.DoesNotContain("rights", Story.Opened("2025-11-16T22:12+09:00").Then("leak-confirmed",
            "2025-11-17T16:00+09:00").Clock("kr-pipa-34-1", "2026-11-23T10:00+09:00").Rule.Contents);
    }
}
