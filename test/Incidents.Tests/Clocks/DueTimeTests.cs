using WhoSaw.Incidents.Clocks;

namespace WhoSaw.Incidents.Tests.Clocks;

/// <summary>
/// When things are due, over all jurisdictions: a row is a duty, the facts, what happened (<c>kind@time</c>, with
/// <c>&gt;duty</c> for what it served) and the last moment that is in time, in UTC.
/// </summary>
public sealed class DueTimeTests
{
    private const string Kr = "home=KR online-service=yes intrusion=yes external-access=yes persons-identified=no";
    private const string Eu = "residents.EU=40 role=controller risk=high nis2-entity=essential significant=yes";
    private const string Uk = "residents.UK=40 role=controller risk=risk pecr-provider=yes";
    private const string Us = "sec-registrant=yes";
    private const string Ca = "residents.US-CA=900 role=controller encrypted=no";
    private const string Jp = "residents.JP=40 wrongful-purpose=yes";
    private const string Sg = "residents.SG=600";
    private const string In = "residents.IN=40 in-india=yes";

    [Theory]
    // Korea: hours run through nights, weekends and holidays
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2026-11-23T10:00+09:00", "2026-11-24T01:00:00Z")]
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2026-11-27T18:00+09:00", "2026-11-28T09:00:00Z")] // Fri
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2026-12-24T10:00+09:00", "2026-12-25T01:00:00Z")] // Xmas
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2026-12-31T23:59+09:00", "2027-01-01T14:59:00Z")] // year
    [InlineData("kr-network-48-3", Kr, "leak-confirmed@2026-11-23T10:00+09:00", "2026-11-24T01:00:00Z")]
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2025-11-17T16:00+09:00", "2025-11-18T07:00:00Z")] // old
    [InlineData("kr-network-48-3", Kr, "illegal-access-known@2028-02-28T10:00+09:00", "2028-02-29T01:00:00Z")] // leap
    [InlineData("kr-network-48-3", Kr,
        "leak-confirmed@2026-11-23T12:00+09:00 illegal-access-known@2026-11-23T10:00+09:00", "2026-11-24T01:00:00Z")]
    [InlineData("kr-pipa-34-2", Kr, "illegal-access-known@2026-11-23T10:00+09:00", "2026-11-26T01:00:00Z")]
    [InlineData("kr-pipa-34-2", Kr, "illegal-access-known@2026-09-23T10:00+09:00", "2026-09-26T01:00:00Z")] // Chuseok
    [InlineData("kr-pipa-34-2", Kr, "illegal-access-known@2026-09-11T00:00+09:00", "2026-09-13T15:00:00Z")] // first day
    [InlineData("kr-pipa-34-1", Kr, "leak-confirmed@2026-11-23T10:00+09:00", "2026-11-26T01:00:00Z")]
    [InlineData("kr-pipa-34-1", Kr, "leak-confirmed@2026-02-27T22:12+09:00", "2026-03-02T13:12:00Z")] // to a holiday
    [InlineData("kr-pipa-34-1", Kr, "leak-confirmed@2025-11-29T09:00+09:00", "2025-12-02T00:00:00Z")] // old
    [InlineData("kr-pipa-34-4", Kr, "leak-confirmed@2026-11-28T00:00+09:00", "2026-11-30T15:00:00Z")] // Saturday
    [InlineData("kr-pipa-34-4", Kr, "leak-confirmed@2025-11-17T16:00+09:00", "2025-11-20T07:00:00Z")] // old
    [InlineData("kr-pipa-39-3-posting", Kr, "posted@2026-11-26T10:00+09:00", "2026-12-26T15:00:00Z")]
    [InlineData("kr-pipa-39-3-posting", Kr, "posted@2026-01-31T23:59+09:00", "2026-03-02T15:00:00Z")] // month's end
    [InlineData("kr-pipa-39-3-posting", Kr, "posted@2026-11-26T00:00+09:00", "2026-12-26T15:00:00Z")]
    // European Union: the clock is put back on 25 October 2026 and forward on 29 March 2026; hours do not care
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2026-11-23T10:00+01:00", "2026-11-26T09:00:00Z")]
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2026-10-24T12:00+02:00", "2026-10-27T10:00:00Z")]
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2026-03-28T12:00+01:00", "2026-03-31T11:00:00Z")]
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2026-04-02T17:00+02:00", "2026-04-05T15:00:00Z")] // Easter
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2026-12-31T12:00+01:00", "2027-01-03T11:00:00Z")]
    [InlineData("eu-gdpr-33", Eu, "leak-confirmed@2018-05-25T00:00+02:00", "2018-05-27T22:00:00Z")]
    [InlineData("eu-nis2-24h", Eu, "illegal-access-known@2026-11-23T10:00+01:00", "2026-11-24T09:00:00Z")]
    [InlineData("eu-nis2-24h", Eu, "illegal-access-known@2026-10-24T12:00+02:00", "2026-10-25T10:00:00Z")]
    [InlineData("eu-nis2-72h", Eu, "illegal-access-known@2026-11-23T10:00+01:00", "2026-11-26T09:00:00Z")]
    [InlineData("eu-nis2-final", Eu, "notice-sent@2026-11-26T09:00+01:00>eu-nis2-72h", "2026-12-26T23:00:00Z")]
    [InlineData("eu-nis2-final", Eu, "notice-sent@2026-01-31T09:00+01:00>eu-nis2-72h", "2026-02-28T23:00:00Z")]
    [InlineData("eu-nis2-final", Eu, "notice-sent@2028-01-30T09:00+01:00>eu-nis2-72h", "2028-02-29T23:00:00Z")]
    [InlineData("eu-nis2-final", Eu, "notice-sent@2026-02-28T09:00+01:00>eu-nis2-72h", "2026-03-28T23:00:00Z")]
    [InlineData("eu-nis2-final", Eu, "notice-sent@2026-03-28T23:30+00:00>eu-nis2-72h", "2026-04-29T22:00:00Z")] // DST
    // United Kingdom
    [InlineData("uk-gdpr-33", Uk, "leak-confirmed@2026-11-23T10:00+00:00", "2026-11-26T10:00:00Z")]
    [InlineData("uk-gdpr-33", Uk, "leak-confirmed@2026-10-24T12:00+01:00", "2026-10-27T11:00:00Z")]
    [InlineData("uk-gdpr-33", Uk, "leak-confirmed@2026-12-24T17:00+00:00", "2026-12-27T17:00:00Z")]
    [InlineData("uk-pecr", Uk, "illegal-access-known@2025-08-19T10:00+01:00", "2025-08-20T09:00:00Z")] // 24 hours
    [InlineData("uk-pecr", Uk, "illegal-access-known@2025-08-20T10:00+01:00", "2025-08-23T09:00:00Z")] // 72 hours
    [InlineData("uk-pecr", Uk, "illegal-access-known@2025-08-19T23:30+00:00", "2025-08-22T23:30:00Z")]
    // United States: four business days after the determination
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-11-16T10:00-05:00>us-sec-8k-105", "2026-11-21T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-11-20T10:00-05:00>us-sec-8k-105", "2026-11-28T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-11-21T10:00-05:00>us-sec-8k-105", "2026-11-28T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-11-24T10:00-05:00>us-sec-8k-105", "2026-12-02T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-12-23T10:00-05:00>us-sec-8k-105", "2026-12-31T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-12-30T10:00-05:00>us-sec-8k-105", "2027-01-07T05:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-07-01T10:00-04:00>us-sec-8k-105", "2026-07-09T04:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-03-05T10:00-05:00>us-sec-8k-105", "2026-03-12T04:00:00Z")]
    [InlineData("us-sec-8k-105", Us, "determination-made@2026-11-17T03:00+00:00>us-sec-8k-105", "2026-11-21T05:00:00Z")]
    // California: calendar days
    [InlineData("us-ca-1798-82", Ca, "leak-confirmed@2026-11-23T10:00-08:00", "2026-12-24T08:00:00Z")]
    [InlineData("us-ca-1798-82", Ca, "leak-confirmed@2026-01-31T10:00-08:00", "2026-03-03T08:00:00Z")]
    [InlineData("us-ca-1798-82", Ca, "leak-confirmed@2026-02-15T23:59-08:00", "2026-03-18T07:00:00Z")] // DST between
    [InlineData("us-ca-1798-82", Ca, "leak-confirmed@2026-10-15T10:00-07:00", "2026-11-15T08:00:00Z")]
    [InlineData("us-ca-ag", Ca, "notice-sent@2026-12-20T10:00-08:00>us-ca-1798-82", "2027-01-05T08:00:00Z")]
    [InlineData("us-ca-ag", Ca, "notice-sent@2026-02-20T10:00-08:00>us-ca-1798-82", "2026-03-08T08:00:00Z")] // DST day
    // Japan: the day of knowing is the first day, three to five days
    [InlineData("jp-appi-26-preliminary", Jp, "leak-confirmed@2026-11-23T10:00+09:00", "2026-11-27T15:00:00Z")]
    [InlineData("jp-appi-26-preliminary", Jp, "leak-suspected@2026-12-29T10:00+09:00", "2027-01-02T15:00:00Z")]
    [InlineData("jp-appi-26-final-60", Jp, "leak-confirmed@2026-11-23T10:00+09:00", "2027-01-21T15:00:00Z")]
    [InlineData("jp-appi-26-final-30", "residents.JP=40 wrongful-purpose=no sensitive=yes",
        "leak-confirmed@2026-11-23T10:00+09:00", "2026-12-22T15:00:00Z")]
    [InlineData("jp-appi-26-final-30", "residents.JP=2000 wrongful-purpose=no",
        "leak-confirmed@2026-01-31T23:59+09:00", "2026-03-01T15:00:00Z")]
    // Singapore: three days from the day after the determination
    [InlineData("sg-pdpa-26d", Sg, "determination-made@2026-01-01T10:00+08:00>sg-pdpa-26d", "2026-01-04T16:00:00Z")]
    [InlineData("sg-pdpa-26d", Sg, "determination-made@2026-02-27T23:59+08:00>sg-pdpa-26d", "2026-03-02T16:00:00Z")]
    [InlineData("sg-pdpa-26d", Sg, "determination-made@2028-02-27T10:00+08:00>sg-pdpa-26d", "2028-03-01T16:00:00Z")]
    [InlineData("sg-pdpa-assessment", Sg, "leak-suspected@2026-11-23T10:00+08:00", "2026-12-23T16:00:00Z")]
    // India: six hours from noticing; the Board from 2027
    [InlineData("in-certin-6h", In, "signal-raised@2026-11-23T22:00+05:30", "2026-11-23T22:30:00Z")]
    [InlineData("in-certin-6h", In, "signal-raised@2026-12-31T20:00+05:30", "2026-12-31T20:30:00Z")]
    [InlineData("in-dpdp-board-72h", In, "leak-confirmed@2027-05-13T00:00+05:30", "2027-05-15T18:30:00Z")]
    [InlineData("in-dpdp-board-72h", In, "leak-confirmed@2027-06-01T10:00+05:30", "2027-06-04T04:30:00Z")]
    public void Is_due(string duty, string facts, string events, string due)
    {
        var (story, last) = Tell(facts, events);
        var clock = story.Clock(duty, last);
        Assert.NotEqual(Truth.No, clock.Applies.Truth);
        Assert.Null(clock.Fault);
        Assert.Equal(due, LegalTime.TimeOf(clock.ByLaw!.Limit).ToString());
    }

    [Theory]
    [InlineData("kr-network-48-3", Kr, "signal-raised@2026-11-23T09:00+09:00", "2026-11-24T00:00:00Z")]
    [InlineData("kr-network-48-3", Kr, "leak-suspected@2026-11-23T09:00+09:00", "2026-11-24T00:00:00Z")]
    [InlineData("kr-pipa-34-1", Kr, "signal-raised@2026-11-22T09:00+09:00", "2026-11-25T00:00:00Z")]
    [InlineData("kr-pipa-34-4", Kr, "leak-suspected@2026-11-22T09:00+09:00", "2026-11-25T00:00:00Z")]
    [InlineData("eu-gdpr-33", Eu, "illegal-access-known@2026-11-22T09:00+01:00", "2026-11-25T08:00:00Z")]
    [InlineData("eu-nis2-24h", Eu, "signal-raised@2026-11-22T09:00+01:00", "2026-11-23T08:00:00Z")]
    [InlineData("uk-gdpr-33", Uk, "leak-suspected@2026-11-22T09:00+00:00", "2026-11-25T09:00:00Z")]
    [InlineData("us-ca-1798-82", Ca, "signal-raised@2026-11-22T09:00-08:00", "2026-12-23T08:00:00Z")]
    [InlineData("jp-appi-26-preliminary", Jp, "signal-raised@2026-11-22T09:00+09:00", "2026-11-26T15:00:00Z")]
    [InlineData("sg-pdpa-assessment", Sg, "signal-raised@2026-11-22T09:00+08:00", "2026-12-22T16:00:00Z")]
    public void A_sign_alone_starts_no_period_of_the_law_but_is_what_to_plan_by(
        string duty, string facts, string events, string due)
    {
        var (story, last) = Tell(facts, events);
        var clock = story.Clock(duty, last);
        Assert.Null(clock.ByLaw);
        Assert.Equal(ClockState.Planned, clock.State);
        Assert.Equal(due, LegalTime.TimeOf(clock.ByFirstSign!.Limit).ToString());
    }

    [Theory]
    [InlineData("kr-pipa-34-2", "2026-09-10T23:59+09:00")]
    [InlineData("kr-network-48-3-4", "2026-09-30T23:59+09:00")]
    [InlineData("in-dpdp-board-72h", "2027-05-12T23:59+05:30")]
    [InlineData("eu-nis2-24h", "2024-10-17T23:59+02:00")]
    [InlineData("us-ca-ag", "2025-12-31T23:59-08:00")]
    [InlineData("tw-pdpa-12-authority", "2026-11-23T10:00+08:00")]
    public void A_duty_is_not_there_before_its_day(string duty, string at) => Assert.DoesNotContain(
        Story.Opened(at).Then("illegal-access-known", at).Then("leak-confirmed", at).Clocks(at),
        clock => clock.Duty.Id == duty);

    [Fact]
    public void The_year_of_which_nobody_listed_the_holidays_is_named()
    {
        var clock = Story.Opened("2029-11-20T10:00-05:00", Us)
            .Then("determination-made", "2029-11-20T10:00-05:00", "us-sec-8k-105")
            .Clock("us-sec-8k-105", "2029-11-20T11:00-05:00");
        Assert.Equal("the public holidays of 2029 are not in laws/holidays/US.json; add them", clock.Fault);
    }

    private static (Story Story, string Last) Tell(string facts, string events)
    {
        var parts = events.Split(' ').Select(each => each.Split('@', '>')).ToList();
        var first = parts.Select(part => part[1]).MinBy(Story.At)!;
        var story = Story.Opened(first, facts);
        foreach (var part in parts)
            story.Then(part[0], part[1], part.Length > 2 ? part[2] : null);
        return (story, parts.Select(part => part[1]).MaxBy(Story.At)!);
    }
}
